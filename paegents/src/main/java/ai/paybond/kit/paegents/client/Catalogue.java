package ai.paybond.kit.paegents.client;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The service catalogue. Thread-safe. */
public final class Catalogue {
    private final Backend backend;

    Catalogue(Backend backend) {
        this.backend = backend;
    }

    /** A service as the catalogue has it. */
    public record Service(String id, JsonObject raw) {
        static Service of(JsonObject raw) {
            return new Service(Members.required(raw, "service_id"), raw);
        }

        public Optional<String> sellerAgentId() {
            return raw.string("agent_id");
        }

        public Optional<String> name() {
            return raw.string("service_name");
        }

        public Optional<String> unit() {
            return raw.string("unit");
        }

        /** The price of one unit, in cents. */
        public Optional<Long> basePriceCents() {
            return Members.integer(raw, "base_price_cents");
        }

        public boolean isActive() {
            return raw.bool("is_active").orElse(false);
        }
    }

    /** Some of what a search found. */
    public record SearchPage(long total, List<Service> services, boolean hasMore, Optional<Long> nextOffset) {}

    /** SDK: {@code register_service}. */
    public Service register(ServiceRegistration service) {
        return Service.of(
                backend.post("agents", "services").json(service.toJson()).object());
    }

    /** SDK: {@code update_service}; members that are not in the change stay as they are. */
    public Service update(String serviceId, JsonObject change) {
        return Service.of(
                backend.put("agents", "services", serviceId).json(change).object());
    }

    /** SDK: {@code delete_service}; agreements that name it go on. */
    public void delete(String serviceId) {
        backend.delete("agents", "services", serviceId).anything();
    }

    /** SDK: {@code get_service}. */
    public Service get(String serviceId) {
        return Service.of(backend.get("agents", "services", serviceId).object());
    }

    /** SDK: {@code list_my_services}. */
    public List<Service> mine(int limit, int offset) {
        JsonObject reply = backend.get("agents", "services")
                .query("limit", limit)
                .query("offset", offset)
                .object();
        return Members.objects(reply, "services", Service::of);
    }

    /** SDK: {@code search_services}; needs no credential and sends none. */
    public SearchPage search(ServiceSearch search) {
        JsonObject reply =
                backend.post("catalog", "search").open().json(search.toJson()).object();
        return new SearchPage(
                Members.integer(reply, "total").orElse(0L),
                Members.objects(reply, "results", Service::of),
                reply.bool("has_more").orElse(false),
                Members.integer(reply, "next_offset"));
    }
}
