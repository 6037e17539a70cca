package ai.paybond.kit.policy;

import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.policy.PolicyDigest;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A policy of version 2 that extends a base: finds the base and becomes the effective policy. */
final class Overlay {
    private static final String BASE_POLICY = "/extends/base_policy";

    private final JsonObject document;
    private final JsonObject extended;
    private final Issues issues;
    private final ParserSettings settings;
    private final @Nullable Path directory;

    /** @param directory where bases may be; null when the overlay was not read from a file */
    Overlay(JsonObject document, Issues issues, ParserSettings settings, @Nullable Path directory) {
        this.document = document;
        this.extended = document.object("extends").orElseThrow();
        this.issues = issues;
        this.settings = settings;
        this.directory = directory;
    }

    Policy over(PolicyParser parser) {
        Optional<String> file = extended.string("base_policy");
        return file.isPresent() ? merged(base(file.get()), parser) : fetched(parser);
    }

    private Policy merged(Policy base, PolicyParser parser) {
        String expected = extended.string("base_digest").orElse(base.digest());
        if (!expected.equalsIgnoreCase(base.digest())) {
            throw refused(PolicyCodes.BASE_DIGEST_MISMATCH, "/extends/base_digest", "the base is another one");
        }
        PolicyMerge merge = new PolicyMerge(base, new Section(document, "", issues), settings.approvedEvidence());
        JsonObject merged = merge.document();
        issues.throwIfAny();
        PolicySchema.check(new Section(merged, "", issues)); // parts that are valid can make a whole that is not
        issues.throwIfAny();
        return parser.checked(merged, issues, inheritance(base.digest(), merge.applied()));
    }

    private PolicyInheritance inheritance(@Nullable String baseDigest, List<String> applied) {
        return new PolicyInheritance(orgPolicyId(), extended.string("org_id").orElseThrow(), baseDigest, applied);
    }

    private String orgPolicyId() {
        return extended.string("org_policy_id").orElseThrow();
    }

    private Policy base(String name) {
        Path file = located(name);
        try {
            return PolicyParser.standard().acceptingOpenDefault().parseAlone(file);
        } catch (PolicyException e) {
            throw refused(PolicyCodes.BASE_INVALID, BASE_POLICY, "the base is refused: " + e.getMessage());
        }
    }

    // Links are followed before the comparison: a mounted file is a link, and a link is also a way out.
    private Path located(String name) {
        if (directory == null) {
            throw refused(PolicyCodes.BASE_OUTSIDE, BASE_POLICY, "a text has no directory in which a base could be");
        }
        Path root;
        Path file;
        try {
            root = directory.toRealPath();
            Path named = directory.resolve(name).normalize();
            if (!named.startsWith(directory.normalize())) {
                throw outside();
            }
            file = named.toRealPath();
        } catch (IOException | InvalidPathException e) {
            throw refused(PolicyCodes.BASE_INVALID, BASE_POLICY, "the base cannot be read");
        }
        if (!file.startsWith(root)) {
            throw outside();
        }
        return file;
    }

    private PolicyException outside() {
        return refused(PolicyCodes.BASE_OUTSIDE, BASE_POLICY, "leads out of the directory of bases");
    }

    private Policy fetched(PolicyParser parser) {
        EffectivePolicySource source = settings.effective();
        if (source == null) {
            throw refused(
                    PolicyCodes.BASE_REQUIRED,
                    "/extends",
                    "without base_policy only POST /v1/org-policies/{id}/effective knows the base: give the parser"
                            + " an EffectivePolicySource");
        }
        EffectivePolicy effective = ask(source);
        if (!effective.deniedWidenings().isEmpty()) {
            throw refused(
                    PolicyCodes.EFFECTIVE_INVALID,
                    "/extends",
                    "the organisation denies " + effective.deniedWidenings().size() + " widenings");
        }
        requireAsSaid(effective);
        return valid(effective.document(), parser);
    }

    private EffectivePolicy ask(EffectivePolicySource source) {
        try {
            return source.effective(orgPolicyId(), document);
        } catch (RuntimeException e) {
            PolicyException unavailable =
                    refused(PolicyCodes.EFFECTIVE_UNAVAILABLE, "/extends", "the effective policy could not be had");
            unavailable.addSuppressed(e);
            throw unavailable;
        }
    }

    private void requireAsSaid(EffectivePolicy effective) {
        boolean ours = effective.document().string("name").equals(document.string("name"));
        String expected = effective.digest();
        try {
            if (!ours || !PolicyDigest.of(effective.document()).text().equals(expected)) {
                throw refused(PolicyCodes.EFFECTIVE_INVALID, "/extends", "name or digest is another one");
            }
        } catch (JsonException e) {
            throw refused(PolicyCodes.EFFECTIVE_INVALID, "/extends", "the effective policy has no digest");
        }
    }

    private Policy valid(JsonObject effective, PolicyParser parser) {
        Issues theirs = new Issues(Map.of());
        try {
            Section root = new Section(effective, "", theirs);
            PolicySchema.check(root);
            if (effective.has("extends")) {
                root.report(PolicyCodes.BASE_INVALID, "extends", "is an overlay itself");
            }
            theirs.throwIfAny();
            return parser.checked(effective, theirs, inheritance(null, List.of()));
        } catch (PolicyException e) {
            throw refused(
                    PolicyCodes.EFFECTIVE_INVALID, "/extends", "the effective policy is refused: " + e.getMessage());
        }
    }

    private PolicyException refused(String code, String path, String message) {
        return new PolicyException(List.of(issues.at(code, path, message)));
    }
}
