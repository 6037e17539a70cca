package ai.paybond.kit.paegents.client;

import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What to look for in the catalogue.
 *
 * @param minPriceCents the lowest price of a unit, in cents
 * @param maxPriceCents the highest
 */
public record ServiceSearch(
        @Nullable String query,
        @Nullable String category,
        @Nullable Long minPriceCents,
        @Nullable Long maxPriceCents,
        int limit,
        int offset) {

    /** The first fifty that fit these words. */
    public static ServiceSearch of(String query) {
        return new ServiceSearch(query, null, null, null, 50, 0);
    }

    /** The same within a category. */
    public ServiceSearch inCategory(String newCategory) {
        return new ServiceSearch(query, newCategory, minPriceCents, maxPriceCents, limit, offset);
    }

    /** The same at this price or less. */
    public ServiceSearch upTo(long newMaxPriceCents) {
        return new ServiceSearch(query, category, minPriceCents, newMaxPriceCents, limit, offset);
    }

    /** The same from this result on. */
    public ServiceSearch page(int newLimit, int newOffset) {
        return new ServiceSearch(query, category, minPriceCents, maxPriceCents, newLimit, newOffset);
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .putIfPresent("query", query)
                .putIfPresent("category", category)
                .putIfPresent("min_price", minPriceCents)
                .putIfPresent("max_price", maxPriceCents)
                .put("limit", limit)
                .put("offset", offset)
                .build();
    }
}
