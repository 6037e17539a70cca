package ai.paybond.kit.paegents.client;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service to be sold. Immutable; the key to the seller's own endpoint is left out when printed. */
public final class ServiceRegistration {
    private final JsonObject json;
    private final String name;

    private ServiceRegistration(String name, JsonObject json) {
        this.name = name;
        this.json = json;
    }

    /** @param priceModel {@code per_unit}, {@code subscription} or {@code tiered} */
    public static Builder builder(String name, String description, String category, String priceModel) {
        return new Builder(name, description, category, priceModel);
    }

    /** A service that is paid per unit. */
    public static Builder perUnit(String name, String category, String unit, long priceCents) {
        return builder(name, name, category, "per_unit").price(unit, priceCents);
    }

    JsonObject toJson() {
        return json;
    }

    @Override
    public String toString() {
        return "ServiceRegistration[" + name + "]";
    }

    /** Collects a registration. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final JsonObject.Builder json;

        private Builder(String name, String description, String category, String priceModel) {
            this.name = name;
            this.json = JsonObject.builder()
                    .put("service_name", name)
                    .put("description", description)
                    .put("category", category)
                    .put("price_model", priceModel)
                    .put("min_quantity", 1);
        }

        /** What a unit is and costs, in cents. */
        public Builder price(String unit, long priceCents) {
            json.put("unit", unit).put("base_price_cents", priceCents);
            return this;
        }

        /** How much can be bought at once; from 1 without limit by default. */
        public Builder quantities(long min, @Nullable Long max) {
            json.put("min_quantity", min).putIfPresent("max_quantity", max);
            return this;
        }

        public Builder capabilities(List<String> capabilities) {
            json.put("capabilities", JsonArray.of(capabilities));
            return this;
        }

        /** Where the metered proxy forwards calls to, and the key it brings along there. */
        public Builder endpoint(URI baseUrl, @Nullable String secretKey) {
            json.put("api_base_url", baseUrl.toString()).putIfPresent("api_key", secretKey);
            return this;
        }

        public Builder metadata(JsonObject metadata) {
            json.put("metadata", metadata);
            return this;
        }

        public ServiceRegistration build() {
            return new ServiceRegistration(name, json.build());
        }
    }
}
