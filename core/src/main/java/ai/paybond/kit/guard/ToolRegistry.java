package ai.paybond.kit.guard;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tools that a guard knows. A tool that is not in it is denied with {@code tool.undeclared}. Immutable. */
public final class ToolRegistry {
    private final Map<String, ToolDeclaration> tools;

    private ToolRegistry(Map<String, ToolDeclaration> tools) {
        this.tools = Collections.unmodifiableMap(tools);
    }

    /** See {@link #of(Collection)}. */
    public static ToolRegistry of(ToolDeclaration... declarations) {
        return of(Arrays.asList(declarations));
    }

    /**
     * @throws IllegalArgumentException when two declarations share a tool name or an operation, since a grant for one
     *     would then be a grant for the other
     */
    public static ToolRegistry of(Collection<ToolDeclaration> declarations) {
        Map<String, ToolDeclaration> byName = new LinkedHashMap<>();
        Set<String> operations = new HashSet<>();
        for (ToolDeclaration tool : List.copyOf(declarations)) {
            if (byName.put(tool.toolName(), tool) != null) {
                throw new IllegalArgumentException("tool declared twice: " + tool.toolName());
            }
            if (!operations.add(tool.operation())) {
                throw new IllegalArgumentException("two tools share an operation: " + tool.operation());
            }
        }
        return new ToolRegistry(byName);
    }

    /** The same declarations, of these names only. */
    ToolRegistry only(Set<String> names) {
        Map<String, ToolDeclaration> some = new LinkedHashMap<>(tools);
        some.keySet().retainAll(names);
        return new ToolRegistry(some);
    }

    /** The declaration of exactly this name. */
    public Optional<ToolDeclaration> find(String toolName) {
        return Optional.ofNullable(tools.get(toolName));
    }

    /** All declarations, in the order they were given. */
    public Collection<ToolDeclaration> declarations() {
        return tools.values();
    }
}
