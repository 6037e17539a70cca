package ai.paybond.kit.nevermined;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted. Own lists and public ones name their members differently; this record knows both.
 *
 * @param page from 1 up
 * @param size entries on a page, 1 to 1000
 * @param newestFirst whether the newest entry comes first
 * @param organization only what this organisation holds, or null; own lists only
 */
public record PageQuery(
        int page, int size, boolean newestFirst, @Nullable String organization) {
    /** @throws NeverminedException {@code validation} if page or size is out of range */
    public PageQuery {
        if (page < 1 || size < 1 || size > 1_000) {
            throw NeverminedException.validation("pages count from 1 and hold 1 to 1000 entries");
        }
    }

    /** The first hundred, newest first. */
    public static PageQuery first() {
        return new PageQuery(1, 100, true, null);
    }

    /** The page that follows. */
    public PageQuery next() {
        return new PageQuery(page + 1, size, newestFirst, organization);
    }

    /** The query of a list of one's own. */
    public Map<String, String> own() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("page", Integer.toString(page));
        query.put("offset", Integer.toString(size));
        query.put("sortBy", "created");
        query.put("sortOrder", order());
        if (organization != null) {
            query.put("orgId", organization);
        }
        return query;
    }

    /** The query of a public list of what is linked to a plan or an agent. */
    public Map<String, String> linked() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("sortOrder", order());
        query.put("page", Integer.toString(page));
        query.put("pageSize", Integer.toString(size));
        return query;
    }

    private String order() {
        return newestFirst ? "desc" : "asc";
    }
}
