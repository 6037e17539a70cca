package ai.paybond.kit.policy;

import ai.paybond.kit.internal.yaml.Position;
import ai.paybond.kit.internal.yaml.RejectedYamlException;
import ai.paybond.kit.internal.yaml.YamlDocument;
import ai.paybond.kit.internal.yaml.YamlReader;
import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.policy.PolicyDigest;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads policies: YAML 1.2 or JSON, at most 256 KiB and 32 levels deep, schema versions 1 and 2. A name that the schema does not
 * have is refused everywhere but in {@code intent.budget}. Immutable and thread-safe.
 *
 * <p>Of an overlay (version 2 with {@code extends}) the effective policy is read: the overlay on top of its base, never looser
 * than the base. The base is {@code extends.base_policy}, a version 1 file in or below the overlay's directory, or in
 * {@link #basesUnder}; without one, {@link #effectiveFrom} is asked.
 */
public final class PolicyParser {
    private static final int DEEPEST = 32;

    private final ParserSettings settings;

    private PolicyParser(ParserSettings settings) {
        this.settings = settings;
    }

    /** Refuses {@code default_deny: false}; knows the bundled evidence presets. */
    public static PolicyParser standard() {
        return new PolicyParser(ParserSettings.standard());
    }

    /**
     * Also reads policies that say {@code default_deny: false}, to compare or to tighten them. Their registry still denies every
     * tool that is not declared.
     */
    public PolicyParser acceptingOpenDefault() {
        return new PolicyParser(settings.withOpenDefaultAccepted());
    }

    /** Also refuses side-effecting tools that a present {@code intent.allowed_tools} leaves out. */
    public PolicyParser strict() {
        return new PolicyParser(settings.withStrictness());
    }

    /** Reads base policies in and below this directory, relative to it, instead of the overlay's own. */
    public PolicyParser basesUnder(Path directory) {
        return new PolicyParser(settings.withBaseDirectory(Objects.requireNonNull(directory, "directory")));
    }

    /**
     * The evidence presets that an overlay may use. Without this list it may use any for its own tools, and none but the base's for
     * the base's tools.
     */
    public PolicyParser approvingEvidence(Collection<String> presets) {
        return new PolicyParser(settings.withApprovedEvidence(Set.copyOf(presets)));
    }

    /** Also refuses a {@code policy_binding} of another template with {@code policy.unknown_policy_template}. */
    public PolicyParser knowingTemplates(Collection<String> templates) {
        return new PolicyParser(settings.withTemplates(Set.copyOf(templates)));
    }

    /** Asks for the effective policy of an overlay that names no base file. Without a source such an overlay is refused. */
    public PolicyParser effectiveFrom(EffectivePolicySource source) {
        return new PolicyParser(settings.withEffective(Objects.requireNonNull(source, "source")));
    }

    /** @throws PolicyException for anything but a valid policy */
    public Policy parse(String text) {
        return parse(text, settings.baseDirectory());
    }

    /** @throws PolicyException for anything but a readable UTF-8 file that is a valid policy */
    public Policy parse(Path file) {
        Path own = file.toAbsolutePath().getParent();
        return parse(PolicyText.of(file), settings.baseDirectory() == null ? own : settings.baseDirectory());
    }

    /** @throws PolicyException as {@link #parse(String)}, without lines and columns */
    public Policy of(JsonObject document) {
        return read(document, new Issues(Map.of()), settings.baseDirectory());
    }

    /** Reads a base, which may not be an overlay itself. */
    Policy parseAlone(Path file) {
        return parse(PolicyText.of(file), (object, issues) -> {
            if (object.has("extends")) {
                issues.add(PolicyCodes.BASE_INVALID, "/extends", "a base does not extend another one");
                issues.throwIfAny();
            }
            return read(object, issues, null);
        });
    }

    private Policy parse(String text, @Nullable Path directory) {
        return parse(text, (object, issues) -> read(object, issues, directory));
    }

    private static Policy parse(String text, BiFunction<JsonObject, Issues, Policy> reading) {
        PolicyText.requireBounded(text);
        try {
            YamlDocument document = YamlReader.read(text, DEEPEST);
            if (document.root() instanceof JsonObject object) {
                return reading.apply(object, new Issues(document.positions()));
            }
            throw located(PolicyCodes.WRONG_TYPE, "", Position.START, "a policy is a mapping");
        } catch (RejectedYamlException e) {
            throw located(code(e.fault()), e.path(), e.position(), e.fault().message());
        }
    }

    CompletionCatalog catalog() {
        return settings.catalog();
    }

    Policy derived(JsonObject document, @Nullable PolicyInheritance inheritance) {
        Issues issues = new Issues(Map.of());
        PolicySchema.check(new Section(document, "", issues));
        issues.throwIfAny();
        return checked(document, issues, inheritance);
    }

    private Policy read(JsonObject document, Issues issues, @Nullable Path directory) {
        PolicySchema.check(new Section(document, "", issues));
        issues.throwIfAny();
        return document.has("extends")
                ? new Overlay(document, issues, settings, directory).over(this)
                : checked(document, issues, null);
    }

    /** This document, which is the one that is in force, if it means something. */
    Policy checked(JsonObject document, Issues issues, @Nullable PolicyInheritance inheritance) {
        new PolicyMeaning(new Section(document, "", issues), settings).check();
        issues.throwIfAny();
        try {
            return new Policy(document, PolicyDigest.of(document), this, inheritance);
        } catch (JsonException e) {
            issues.add(PolicyCodes.NOT_CANONICAL, e.path(), "other kits could compute another digest of this");
            issues.throwIfAny();
            throw e;
        }
    }

    private static PolicyException located(String code, String path, Position at, String message) {
        return new PolicyException(List.of(new PolicyIssue(code, path, at.line(), at.column(), message)));
    }

    private static String code(RejectedYamlException.Fault fault) {
        return switch (fault) {
            case SYNTAX -> PolicyCodes.SYNTAX;
            case EMPTY -> PolicyCodes.EMPTY;
            case DOCUMENTS -> PolicyCodes.MULTIPLE_DOCUMENTS;
            case ALIAS -> PolicyCodes.ALIAS;
            case TAG -> PolicyCodes.TAG;
            case KEY -> PolicyCodes.KEY_INVALID;
            case DUPLICATE_KEY -> PolicyCodes.DUPLICATE_KEY;
            case NUMBER -> PolicyCodes.NUMBER_INVALID;
            case DEPTH -> PolicyCodes.TOO_DEEP;
        };
    }
}
