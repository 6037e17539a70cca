package ai.paybond.kit.wire.commerce;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tenant and intent of a purchase, as metadata that a provider keeps beside it: {@code tenant_id}, then
 * {@code paybond_intent_id}, both trimmed and not blank. Neither hashed nor signed, so whoever may write the metadata
 * may change it. Source: Paybond Kit wire format, section 15.
 */
public record CommerceBinding(String tenantId, String intentId) {
    private static final String TENANT = "tenant_id";
    private static final String INTENT = "paybond_intent_id";

    /**
     * Trims both.
     *
     * @throws WireException {@code commerce.tenant_id} or {@code commerce.intent_id} when blank
     */
    public CommerceBinding {
        tenantId = Rules.required(tenantId, "commerce.tenant_id");
        intentId = Rules.required(intentId, "commerce.intent_id");
    }

    /**
     * Stripe metadata with the binding added, as a new map.
     *
     * @throws WireException {@code commerce.collision} if it names another tenant or intent already
     */
    public Map<String, String> toStripe(Map<String, String> existing) {
        Map<String, String> metadata = new LinkedHashMap<>(existing);
        add(metadata, TENANT, tenantId);
        add(metadata, INTENT, intentId);
        return metadata;
    }

    private static void add(Map<String, String> metadata, String name, String value) {
        requireSame(metadata.putIfAbsent(name, value), value);
    }

    private static void requireSame(@Nullable String existing, String value) {
        boolean same = existing == null || existing.equals(value);
        Rules.require(same, "commerce.collision", "bound to another tenant or intent already");
    }

    /**
     * The binding in Stripe metadata; empty if either part is absent or no text.
     *
     * @throws WireException {@code commerce.tenant_id} or {@code commerce.intent_id} when one is blank
     */
    public static Optional<CommerceBinding> fromStripe(JsonObject metadata) {
        Optional<String> tenant = metadata.string(TENANT);
        return tenant.isEmpty()
                ? Optional.empty()
                : metadata.string(INTENT).map(intent -> new CommerceBinding(tenant.get(), intent));
    }

    /**
     * Shopify note attributes with the binding last, and nowhere else.
     *
     * @throws WireException {@code commerce.collision} if they name another tenant or intent already
     */
    public List<NoteAttribute> toShopify(List<NoteAttribute> existing) {
        List<NoteAttribute> attributes = new ArrayList<>();
        for (NoteAttribute attribute : existing) {
            if (attribute.name().equals(TENANT)) {
                requireSame(attribute.value(), tenantId);
            } else if (attribute.name().equals(INTENT)) {
                requireSame(attribute.value(), intentId);
            } else {
                attributes.add(attribute);
            }
        }
        attributes.add(new NoteAttribute(TENANT, tenantId));
        attributes.add(new NoteAttribute(INTENT, intentId));
        return List.copyOf(attributes);
    }

    /**
     * The binding in Shopify note attributes; empty if either part is absent or no text.
     *
     * @throws WireException {@code commerce.collision} if they name two tenants or intents, or when one is blank
     */
    public static Optional<CommerceBinding> fromShopify(JsonArray noteAttributes) {
        Map<String, String> found = new LinkedHashMap<>();
        noteAttributes.objectItems().forEach(attribute -> {
            String name = attribute.string("name").orElse("");
            if (name.equals(TENANT) || name.equals(INTENT)) {
                attribute.string("value").ifPresent(value -> add(found, name, value));
            }
        });
        String tenant = found.get(TENANT);
        String intent = found.get(INTENT);
        return tenant == null || intent == null ? Optional.empty() : Optional.of(new CommerceBinding(tenant, intent));
    }

    /** One name and value of a Shopify order. */
    public record NoteAttribute(String name, String value) {
        public NoteAttribute {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
        }
    }
}
