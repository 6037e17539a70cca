package ai.paybond.kit.policy;

import static ai.paybond.kit.policy.OverlayTest.BASE;
import static ai.paybond.kit.policy.OverlayTest.OVERLAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an overlay's base comes from: a file that stays in its directory, or a source that is not believed. */
class BasePolicyTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"../base.yaml", "sub/../../base.yaml", "/etc/hosts"})
    void refusesAPathThatLeadsOut(String path) throws IOException {
        Files.writeString(directory.resolve("base.yaml"), BASE);
        Path sub = Files.createDirectories(directory.resolve("tenant/sub")).getParent();
        PolicyException refused = refusal(PolicyParser.standard(), overlay(sub, path));
        assertThat(refused.code()).isEqualTo("policy.base_outside");
        assertThat(refused.path()).isEqualTo("/extends/base_policy");
        assertThat(refused.line()).isEqualTo(7);
    }

    @Test
    void refusesALinkThatLeadsOut() throws IOException {
        Path base = Files.writeString(directory.resolve("base.yaml"), BASE);
        Path tenant = Files.createDirectory(directory.resolve("tenant"));
        Files.createSymbolicLink(tenant.resolve("base.yaml"), base);
        assertThat(refusal(PolicyParser.standard(), overlay(tenant, "base.yaml"))
                        .code())
                .isEqualTo("policy.base_outside");
    }

    @Test
    void followsTheLinksOfAMount() throws IOException {
        Path data = Files.createDirectory(directory.resolve("..2026_01_01"));
        Files.writeString(data.resolve("base.yaml"), BASE);
        Files.createSymbolicLink(directory.resolve("..data"), data.getFileName());
        Files.createSymbolicLink(directory.resolve("base.yaml"), Path.of("..data", "base.yaml"));
        assertThat(Policy.parse(overlay(directory, "base.yaml")).name()).isEqualTo("acme-paris");
    }

    @Test
    void readsBasesWhereTheCallerSaysTheyAre() throws IOException {
        Path bases = Files.createDirectory(directory.resolve("bases"));
        Files.writeString(bases.resolve("base.yaml"), BASE);
        Path tenant = Files.createDirectory(directory.resolve("tenant"));
        PolicyParser parser = PolicyParser.standard().basesUnder(bases);
        assertThat(parser.parse(overlay(tenant, "base.yaml")).name()).isEqualTo("acme-paris");
        assertThat(parser.parse(OVERLAY).origin()).isEqualTo(PolicyOrigin.EFFECTIVE);
        assertThat(refusal(parser, overlay(tenant, "../tenant/paybond.policy.yaml"))
                        .code())
                .isEqualTo("policy.base_outside");
    }

    @Test
    void needsADirectoryForABase() {
        PolicyException refused = catchThrowableOfType(PolicyException.class, () -> Policy.parse(OVERLAY));
        assertThat(refused.code()).isEqualTo("policy.base_outside");
    }

    @Test
    void refusesAnAbsentBase() throws IOException {
        PolicyException refused = refusal(PolicyParser.standard(), overlay(directory, "base.yaml"));
        assertThat(refused.code()).isEqualTo("policy.base_invalid");
        assertThat(refused.line()).isEqualTo(7);
    }

    @Test
    void refusesABaseThatIsNotValidAndSaysWhere() throws IOException {
        Files.writeString(directory.resolve("base.yaml"), BASE.replace("max_spend_cents", "max_spend"));
        PolicyException refused = refusal(PolicyParser.standard(), overlay(directory, "base.yaml"));
        assertThat(refused.code()).isEqualTo("policy.base_invalid");
        assertThat(refused).hasMessageContaining("7:5: policy.unknown_key");
    }

    @Test
    void refusesAChainOfBasesSoThatNoneIsEndless() throws IOException {
        PolicyException refused = refusal(PolicyParser.standard(), overlay(directory, "paybond.policy.yaml"));
        assertThat(refused.code()).isEqualTo("policy.base_invalid");
        assertThat(refused).hasMessageContaining("a base does not extend another one");
    }

    @Test
    void checksTheDigestThatTheOverlayPins() throws IOException {
        Path base = Files.writeString(directory.resolve("base.yaml"), BASE);
        String digest = Policy.parse(base).digest();
        String pinned = OVERLAY.replace("  base_policy", "  base_digest: " + digest + "\n  base_policy");
        assertThat(Policy.parse(overlayOf(directory, pinned)).name()).isEqualTo("acme-paris");
        Files.writeString(base, BASE.replace("max_spend_cents: 20000", "max_spend_cents: 90000"));
        PolicyException refused = refusal(PolicyParser.standard(), overlayOf(directory, pinned));
        assertThat(refused.code()).isEqualTo("policy.base_digest_mismatch");
        assertThat(refused.path()).isEqualTo("/extends/base_digest");
        assertThat(refused.line()).isEqualTo(7);
    }

    @Test
    void namesTheEffectiveRouteWhereThereIsNoBase() {
        PolicyException refused = catchThrowableOfType(PolicyException.class, () -> Policy.parse(remote()));
        assertThat(refused.code()).isEqualTo("policy.base_required");
        assertThat(refused.line()).isEqualTo(4);
        assertThat(refused).hasMessageContaining("/v1/org-policies/{id}/effective", "EffectivePolicySource");
    }

    @Test
    void takesTheEffectivePolicyOfASource() {
        Policy effective = Policy.parse(BASE.replace("acme-base", "acme-paris"));
        PolicyParser parser = PolicyParser.standard().effectiveFrom((id, overlay) -> {
            assertThat(id).isEqualTo("travel-base");
            assertThat(overlay.integer("version")).contains(2L);
            return answer(effective.document(), effective.digest());
        });
        Policy policy = parser.parse(remote());
        assertThat(policy).isEqualTo(effective);
        assertThat(policy.origin()).isEqualTo(PolicyOrigin.REMOTE);
        assertThat(policy.inheritance().orElseThrow().baseDigest()).isNull();
    }

    @Test
    void believesNeitherDigestNorNameOfASource() {
        Policy effective = Policy.parse(BASE.replace("acme-base", "acme-paris"));
        Policy anothers = Policy.parse(BASE);
        assertInvalid(answer(effective.document(), anothers.digest()));
        assertInvalid(answer(anothers.document(), anothers.digest()));
    }

    @Test
    void refusesAnEffectivePolicyThatIsNotValidOrAnOverlay() {
        JsonObject empty = JsonObject.parse("{\"name\":\"acme-paris\"}");
        assertInvalid(answer(empty, digestOf(empty)));
        JsonObject overlay = PolicyTexts.json(remote());
        assertInvalid(answer(overlay, digestOf(overlay)));
    }

    @Test
    void failsForAWideningThatTheOrganisationDenies() {
        Policy effective = Policy.parse(BASE.replace("acme-base", "acme-paris"));
        assertInvalid(new EffectivePolicy(effective.document(), effective.digest(), List.of("/tools/x")));
    }

    @Test
    void saysThatASourceDoesNotAnswer() {
        PolicyParser parser = PolicyParser.standard().effectiveFrom((id, overlay) -> {
            throw new IllegalStateException("offline");
        });
        PolicyException refused = catchThrowableOfType(PolicyException.class, () -> parser.parse(remote()));
        assertThat(refused.code()).isEqualTo("policy.effective_unavailable");
        assertThat(refused.getSuppressed()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org_id: org_acme | org_id: acme | policy.invalid_value | /extends/org_id",
                "org_id: org_acme | x: 1 | policy.unknown_key | /extends/x",
                "base_policy: base.yaml | base_digest: 'sha256:00' | policy.invalid_value | /extends/base_digest",
                "'      max_spend_cents: 15000' | '      {}' | policy.invalid_value | /overrides/tools/travel.book_hotel",
                "'overrides:' | 'override:' | policy.unknown_key | /override",
            })
    void refusesADeviationFromTheSchemaOfOverlays(String old, String replacement, String code, String path)
            throws IOException {
        PolicyException refused =
                refusal(PolicyParser.standard(), overlayOf(directory, OVERLAY.replace(old, replacement)));
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.path()).isEqualTo(path);
    }

    @Test
    void needsABaseForOverrides() {
        String text = OVERLAY.replaceFirst("(?s)extends:.*?tools:", "tools:");
        PolicyException refused = catchThrowableOfType(PolicyException.class, () -> Policy.parse(text));
        assertThat(refused.code()).isEqualTo("policy.extends_required");
        assertThat(Policy.parse(text.replaceFirst("(?s)overrides:.*", "")).origin())
                .isEqualTo(PolicyOrigin.FILE);
    }

    private static void assertInvalid(EffectivePolicy answer) {
        PolicyParser parser = PolicyParser.standard().effectiveFrom((id, overlay) -> answer);
        PolicyException refused = catchThrowableOfType(PolicyException.class, () -> parser.parse(remote()));
        assertThat(refused.code()).isEqualTo("policy.effective_invalid");
    }

    private static EffectivePolicy answer(JsonObject document, String digest) {
        return new EffectivePolicy(document, digest, List.of());
    }

    private static String digestOf(JsonObject document) {
        return ai.paybond.kit.wire.policy.PolicyDigest.of(document).text();
    }

    private static String remote() {
        return OVERLAY.replace("  base_policy: base.yaml\n", "");
    }

    private static Path overlay(Path directory, String base) throws IOException {
        return overlayOf(directory, OVERLAY.replace("base.yaml", base));
    }

    private static Path overlayOf(Path directory, String text) throws IOException {
        return Files.writeString(directory.resolve("paybond.policy.yaml"), text);
    }

    private static PolicyException refusal(PolicyParser parser, Path file) {
        return catchThrowableOfType(PolicyException.class, () -> parser.parse(file));
    }
}
