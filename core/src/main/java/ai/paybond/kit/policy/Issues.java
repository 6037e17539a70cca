package ai.paybond.kit.policy;

import ai.paybond.kit.internal.yaml.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one document. */
final class Issues {
    private static final int MOST = 50;
    private static final Position NOWHERE = new Position(0, 0);

    private final Map<String, Position> positions;
    private final List<PolicyIssue> found = new ArrayList<>();

    Issues(Map<String, Position> positions) {
        this.positions = positions;
    }

    void add(String code, String path, String message) {
        if (found.size() < MOST) {
            found.add(at(code, path, message));
        }
    }

    /** An issue with its place, which is not collected. */
    PolicyIssue at(String code, String path, String message) {
        Position at = position(path);
        return new PolicyIssue(code, path, at.line(), at.column(), message);
    }

    /** Where the member stands, or what it would stand in. */
    private Position position(String path) {
        // In a merged policy a member can stand where the overlay overrides it.
        Position at = positions.getOrDefault(path, positions.get("/overrides" + path));
        if (at != null) {
            return at;
        }
        String parent = parent(path);
        return parent == null ? NOWHERE : position(parent);
    }

    private static @Nullable String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? null : path.substring(0, slash);
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new PolicyException(found);
        }
    }
}
