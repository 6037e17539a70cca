package ai.paybond.kit.policy;

import ai.paybond.kit.wire.completion.CompletionCatalog;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a parser accepts. */
record ParserSettings(
        CompletionCatalog catalog,
        boolean openDefaultAccepted,
        boolean strict,
        @Nullable Path baseDirectory,
        @Nullable Set<String> approvedEvidence,
        @Nullable Set<String> templates,
        @Nullable EffectivePolicySource effective) {

    static ParserSettings standard() {
        return new ParserSettings(CompletionCatalog.bundled(), false, false, null, null, null, null);
    }

    ParserSettings withOpenDefaultAccepted() {
        return new ParserSettings(catalog, true, strict, baseDirectory, approvedEvidence, templates, effective);
    }

    ParserSettings withStrictness() {
        return new ParserSettings(
                catalog, openDefaultAccepted, true, baseDirectory, approvedEvidence, templates, effective);
    }

    ParserSettings withBaseDirectory(Path directory) {
        return new ParserSettings(
                catalog, openDefaultAccepted, strict, directory, approvedEvidence, templates, effective);
    }

    ParserSettings withApprovedEvidence(Set<String> presets) {
        return new ParserSettings(catalog, openDefaultAccepted, strict, baseDirectory, presets, templates, effective);
    }

    ParserSettings withTemplates(Set<String> known) {
        return new ParserSettings(
                catalog, openDefaultAccepted, strict, baseDirectory, approvedEvidence, known, effective);
    }

    ParserSettings withEffective(EffectivePolicySource source) {
        return new ParserSettings(
                catalog, openDefaultAccepted, strict, baseDirectory, approvedEvidence, templates, source);
    }
}
