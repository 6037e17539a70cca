package ai.paybond.kit.cli;

import ai.paybond.kit.wire.Check;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.mandate.AgentMandate;
import ai.paybond.kit.wire.receipt.AgentReceipt;
import ai.paybond.kit.wire.receipt.AuthorizationReceipt;
import ai.paybond.kit.wire.receipt.ReceiptTrust;
import ai.paybond.kit.wire.receipt.SettlementReceipt;
import ai.paybond.kit.wire.receipt.ValidityTier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies signed receipts and mandates from files. */
@Command(
        name = "receipt",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Verifies receipts and mandates.")
final class ReceiptCommand {
    private static final int TRUSTED = 0;
    private static final int REFUSED = 1;
    private static final int UNPINNED = 3;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Verifies an agent receipt, an authorization or settlement receipt, or a mandate.",
                "Exit status: 0 valid, 1 refused, 3 whole but signed by a key that nobody vouched for (no --key given)."
            })
    int verify(
            @Parameters(paramLabel = "FILE", description = "The signed object as JSON; - for standard input.")
                    Path file,
            @Option(names = "--key", paramLabel = "HEX", description = "A trusted Ed25519 public key; repeatable.")
                    @Nullable List<String> keys,
            @Option(
                            names = "--operator-key",
                            paramLabel = "HEX",
                            description = "A trusted operator's public key, for attested receipts; repeatable.")
                    @Nullable List<String> operatorKeys,
            @Option(
                            names = "--tier",
                            paramLabel = "TIER",
                            defaultValue = "OPERATIONAL",
                            description = "Tier that an agent receipt must reach: ${COMPLETION-CANDIDATES}.")
                    ValidityTier tier,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            defaultValue = "TEXT",
                            description = "${COMPLETION-CANDIDATES} (default: text).")
                    OutputFormat format)
            throws IOException {
        JsonObject signed = InputFile.jsonObject(file);
        TrustedKeys trusted = keysOf(keys);
        ReceiptTrust trust =
                ReceiptTrust.in(trusted).operators(keysOf(operatorKeys)).requiring(tier);
        Verdict<?> verdict = verdict(signed, trusted, trust);
        print(signed, verdict, format);
        return status(verdict);
    }

    private static Verdict<?> verdict(JsonObject signed, TrustedKeys trusted, ReceiptTrust trust) {
        String kind = signed.string("kind").orElse("");
        return switch (kind) {
            case AgentReceipt.KIND -> AgentReceipt.verify(signed, trust);
            case AuthorizationReceipt.KIND -> AuthorizationReceipt.verify(signed, trusted, Clock.systemUTC());
            case SettlementReceipt.KIND -> SettlementReceipt.verify(signed, trusted);
            case AgentMandate.KIND -> AgentMandate.verify(signed, trusted, Clock.systemUTC());
            default -> throw new WireException("receipt.kind", "the file's kind is none that can be verified here");
        };
    }

    private static TrustedKeys keysOf(@Nullable List<String> hex) {
        return hex == null || hex.isEmpty() ? TrustedKeys.unpinned() : TrustedKeys.ofHex(hex);
    }

    private static int status(Verdict<?> verdict) {
        if (verdict.isTrusted()) {
            return TRUSTED;
        }
        return verdict instanceof Verdict.ValidUnpinned ? UNPINNED : REFUSED;
    }

    private void print(JsonObject signed, Verdict<?> verdict, OutputFormat format) {
        PrintWriter out = spec.commandLine().getOut();
        String answer =
                verdict instanceof Verdict.Invalid ? "INVALID" : verdict.code().toUpperCase(Locale.ROOT);
        if (format == OutputFormat.JSON) {
            out.println(asJson(verdict, answer).toJson());
        } else {
            out.println(signed.string("kind").orElse("") + " "
                    + signed.string("receipt_id").orElse(""));
            verdict.checks().forEach(check -> out.println((check.passed() ? "  ok    " : "  FAIL  ") + check.name()));
            out.println(verdict instanceof Verdict.Invalid ? answer + ": " + verdict.code() : answer);
        }
        out.flush();
    }

    private static JsonObject asJson(Verdict<?> verdict, String answer) {
        List<Map<String, Object>> checks = new ArrayList<>();
        for (Check check : verdict.checks()) {
            checks.add(Map.of("name", check.name(), "passed", check.passed()));
        }
        return JsonObject.builder()
                .put("verdict", answer)
                .put("code", verdict.code())
                .put("checks", checks)
                .build();
    }
}
