package ai.paybond.kit.policy;

import ai.paybond.kit.internal.yaml.Position;
import ai.paybond.kit.internal.yaml.RejectedYamlException;
import ai.paybond.kit.internal.yaml.YamlDocument;
import ai.paybond.kit.internal.yaml.YamlReader;
import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.policy.PolicyDigest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads policies: YAML 1.2 or JSON, at most 256 KiB and 32 levels deep, schema version 1. A name that the schema does not have
 * is refused everywhere but in {@code intent.budget}. Immutable and thread-safe.
 */
public final class PolicyParser {
    private static final int LARGEST_BYTES = 256 << 10;
    private static final int DEEPEST = 32;

    private final CompletionCatalog catalog;
    private final boolean openDefaultAccepted;
    private final boolean strict;

    private PolicyParser(CompletionCatalog catalog, boolean openDefaultAccepted, boolean strict) {
        this.catalog = catalog;
        this.openDefaultAccepted = openDefaultAccepted;
        this.strict = strict;
    }

    /** Refuses {@code default_deny: false}; knows the bundled evidence presets. */
    public static PolicyParser standard() {
        return new PolicyParser(CompletionCatalog.bundled(), false, false);
    }

    /**
     * Also reads policies that say {@code default_deny: false}, to compare or to tighten them. Their registry still denies every
     * tool that is not declared.
     */
    public PolicyParser acceptingOpenDefault() {
        return new PolicyParser(catalog, true, strict);
    }

    /** Also refuses side-effecting tools that a present {@code intent.allowed_tools} leaves out. */
    public PolicyParser strict() {
        return new PolicyParser(catalog, openDefaultAccepted, true);
    }

    /** @throws PolicyException for anything but a valid policy */
    public Policy parse(String text) {
        // UTF-8 needs at least one byte for each UTF-16 unit, so an absurd text is not even encoded.
        if (text.length() > LARGEST_BYTES || text.getBytes(StandardCharsets.UTF_8).length > LARGEST_BYTES) {
            throw PolicyException.of(PolicyCodes.TOO_LARGE, "", "a policy has at most 256 KiB");
        }
        try {
            YamlDocument document = YamlReader.read(text, DEEPEST);
            if (document.root() instanceof JsonObject object) {
                return validated(object, document.positions());
            }
            throw located(PolicyCodes.WRONG_TYPE, "", Position.START, "a policy is a mapping");
        } catch (RejectedYamlException e) {
            throw located(code(e.fault()), e.path(), e.position(), e.fault().message());
        }
    }

    /** @throws PolicyException for anything but a readable UTF-8 file that is a valid policy */
    public Policy parse(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST_BYTES + 1);
        } catch (IOException e) {
            throw PolicyException.of(PolicyCodes.UNREADABLE, "", "the file cannot be read");
        }
        if (bytes.length > LARGEST_BYTES) {
            throw PolicyException.of(PolicyCodes.TOO_LARGE, "", "a policy has at most 256 KiB");
        }
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw PolicyException.of(PolicyCodes.ENCODING, "", "the file is not UTF-8");
        }
    }

    /** @throws PolicyException as {@link #parse(String)}, without lines and columns */
    public Policy of(JsonObject document) {
        return validated(document, Map.of());
    }

    CompletionCatalog catalog() {
        return catalog;
    }

    private Policy validated(JsonObject document, Map<String, Position> positions) {
        Issues issues = new Issues(positions);
        Section root = new Section(document, "", issues);
        PolicySchema.check(root);
        issues.throwIfAny();
        new PolicyMeaning(root, catalog).check(openDefaultAccepted, strict);
        issues.throwIfAny();
        try {
            return new Policy(document, PolicyDigest.of(document), this);
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
