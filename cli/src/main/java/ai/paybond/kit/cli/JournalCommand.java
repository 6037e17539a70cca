package ai.paybond.kit.cli;

import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.DeliveryReport;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalQuery;
import ai.paybond.kit.journal.RecordAudit;
import ai.paybond.kit.journal.RecordVerification;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at the journal of guarded calls. */
@Command(
        name = "journal",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RatesCommand.class,
        description =
                "Shows the journal of guarded calls, verifies its record, and settles what waits for a person; measures stores.")
final class JournalCommand {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private Map<String, String> environment = System.getenv();

    void environment(Map<String, String> variables) {
        environment = variables;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists calls, the last changed first.")
    int list(
            @Mixin JournalSource source,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            split = ",",
                            description = "Only calls that stand so: ${COMPLETION-CANDIDATES}.")
                    @Nullable Set<CallState> states,
            @Option(names = "--intent", paramLabel = "ID", description = "Only calls of this intent.") @Nullable String intentId,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "Default: ${DEFAULT-VALUE}.")
                    int limit,
            @Option(names = "--format", defaultValue = "TEXT", description = "text or json (default: text).")
                    OutputFormat format)
            throws IOException {
        try (CallJournal journal = source.open()) {
            List<JournalEntry> entries =
                    journal.list(new JournalQuery(states == null ? Set.of() : states, intentId, limit));
            PrintWriter out = spec.commandLine().getOut();
            if (format == OutputFormat.JSON) {
                out.println(JsonObject.builder()
                        .put("calls", entries.stream().map(JournalView::json).toList())
                        .build()
                        .toJson());
            } else {
                out.println(JournalView.heading());
                entries.forEach(entry -> out.println(JournalView.line(entry)));
            }
            out.flush();
            return 0;
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = {
                "Shows one call as JSON: where it stands, what was approved or is to be, and the evidence.",
                "Exit status: 0 found, 1 not found."
            })
    int show(
            @Mixin JournalSource source,
            @Parameters(paramLabel = "INTENT", description = "The intent's id.") String intentId,
            @Parameters(paramLabel = "CALL", description = "The call's id.") String callId)
            throws IOException {
        try (CallJournal journal = source.open()) {
            JournalEntry entry = journal.find(new CallKey(intentId, callId)).orElse(null);
            if (entry == null) {
                spec.commandLine().getErr().println("journal: there is no such call");
                return 1;
            }
            spec.commandLine().getOut().println(JournalView.details(entry).toJson());
            spec.commandLine().getOut().flush();
            return 0;
        }
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Verifies the journal's record from its beginning, and the calls against it.",
                "Prints the last hash: kept elsewhere, it shows next time that nothing was cut off.",
                "Exit status: 0 whole, 1 not."
            })
    int verify(
            @Mixin JournalSource source,
            @Option(
                            names = "--key",
                            required = true,
                            paramLabel = "HEX",
                            description = "The public key of the record, 64 hex digits.")
                    String publicKey,
            @Option(names = "--expect", paramLabel = "HASH", description = "A hash that must be in the record.")
                    @Nullable String expected,
            @Option(names = "--format", defaultValue = "TEXT", description = "text or json (default: text).")
                    OutputFormat format)
            throws IOException {
        try (CallJournal journal = source.open()) {
            RecordVerification found = RecordAudit.of(journal, VerifyingKey.ofHex(publicKey), expected);
            PrintWriter out = spec.commandLine().getOut();
            out.println(format == OutputFormat.JSON ? json(found) : text(found));
            out.flush();
            return found.isWhole() ? 0 : 1;
        }
    }

    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            description = {
                "Delivers what is owed: one parked call, or without arguments everything that is pending.",
                "The session is taken from the environment: PAYBOND_API_KEY, PAYBOND_GATEWAY_URL, PAYBOND_HARBOR_URL,",
                "PAYBOND_AGENT_RECOGNITION_KEY_ID and PAYBOND_AGENT_RECOGNITION_SIGNING_SEED_HEX, and to sign evidence that",
                "was never signed, PAYBOND_PAYEE_DID and PAYBOND_PAYEE_SIGNING_SEED_HEX.",
                "Exit status: 0 nothing is owed any more, 1 something is."
            })
    int retry(
            @Mixin JournalSource source,
            @Parameters(arity = "0..1", paramLabel = "INTENT", description = "The intent's id.") @Nullable String intentId,
            @Parameters(arity = "0..1", paramLabel = "CALL", description = "The call's id.") @Nullable String callId)
            throws IOException {
        if ((intentId == null) != (callId == null)) {
            throw new ParameterException(spec.commandLine(), "INTENT and CALL go together");
        }
        try (CallJournal journal = source.open();
                JournalDesk desk = JournalDesk.open(journal, environment)) {
            return intentId == null || callId == null
                    ? print(desk.retryPending())
                    : print(desk.retry(new CallKey(intentId, callId)));
        }
    }

    @Command(
            name = "resolve",
            mixinStandardHelpOptions = true,
            description = {
                "Settles a call in doubt, once its vendor has been asked, and delivers what follows from it.",
                "Be sure that no process still runs the call. The session is taken from the environment, as for retry.",
                "Exit status: 0 settled and delivered, 1 not (yet)."
            })
    int resolve(
            @Mixin JournalSource source,
            @Parameters(paramLabel = "INTENT", description = "The intent's id.") String intentId,
            @Parameters(paramLabel = "CALL", description = "The call's id.") String callId,
            @ArgGroup(multiplicity = "1") Outcome outcome)
            throws IOException {
        CallKey key = new CallKey(intentId, callId);
        JsonObject evidence = outcome.executed == null ? null : JsonObject.parse(InputFile.text(outcome.executed));
        try (CallJournal journal = source.open();
                JournalDesk desk = JournalDesk.open(journal, environment)) {
            desk.settle(key, evidence);
            return print(journal.find(key).orElseThrow());
        }
    }

    private static final class Outcome {
        @Option(
                names = "--executed",
                required = true,
                paramLabel = "FILE",
                description = "It happened; the file has its evidence, one JSON object. - for standard input.")
        private @Nullable Path executed;

        @Option(names = "--not-executed", required = true, description = "It did not happen; its spend is released.")
        private boolean notExecuted;
    }

    private int print(JournalEntry entry) {
        spec.commandLine().getOut().println(JournalView.json(entry).toJson());
        spec.commandLine().getOut().flush();
        return entry.isPending() || entry.state() == CallState.REJECTED ? 1 : 0;
    }

    private int print(DeliveryReport report) {
        spec.commandLine()
                .getOut()
                .println(report.settled() + " settled, " + report.parked() + " parked, " + report.pending()
                        + " still pending");
        spec.commandLine().getOut().flush();
        return report.isComplete() && report.parked() == 0 ? 0 : 1;
    }

    private static String text(RecordVerification found) {
        String where = found.at() == null ? "" : " at entry " + found.at();
        String verdict = found.isWhole() ? "WHOLE" : "BROKEN " + found.code() + where + ",";
        return verdict + " " + found.entries() + " entries, last hash " + found.lastHash();
    }

    private static String json(RecordVerification found) {
        return JsonObject.builder()
                .put("whole", found.isWhole())
                .put("entries", found.entries())
                .put("code", found.code())
                .put("at", found.at())
                .put("last_hash", found.lastHash())
                .build()
                .toJson();
    }
}
