package ai.paybond.kit.approval;

import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Asks a person at a terminal: shows the call with its exact arguments and waits for one of four words. Anything that is
 * not one of them, and the end of the input, leaves the call held. Requests of several threads are asked one after the
 * other; thread-safe. Neither reader nor writer is closed.
 *
 * <p>What a model wrote cannot steer the terminal or hide in it: control, formatting and direction characters are shown as
 * their codes.
 */
public final class ConsoleApprover implements Approver {
    private final BufferedReader in;
    private final PrintWriter out;

    /**
     * @param in what the person types
     * @param out what the person sees
     */
    public ConsoleApprover(Reader in, PrintWriter out) {
        this.in = in instanceof BufferedReader buffered ? buffered : new BufferedReader(in);
        this.out = out;
    }

    @Override
    public synchronized ApprovalAnswer decide(ApprovalRequest request) throws IOException {
        show(request);
        String word = ask("Approve this call? [yes / no / edit / later]");
        return switch (word == null ? "" : word.strip().toLowerCase(Locale.ROOT)) {
            case "yes" -> ApprovalAnswer.approved();
            case "no" -> rejected();
            case "edit" -> edited();
            default -> later();
        };
    }

    private void show(ApprovalRequest request) {
        out.println();
        line("Tool", request.toolName());
        line("Operation", request.operation());
        out.printf(
                Locale.ROOT,
                "%-10s %d.%02d %s%n",
                "Spend",
                request.spendCents() / 100,
                request.spendCents() % 100,
                TerminalText.visible(request.currency()));
        line("Call", new JsonString(request.callId()).toJson());
        line("Intent", request.intentId());
        line("Reason", request.reasonCode());
        line("Arguments", request.arguments().toJson());
        line("BLAKE3", request.argumentsDigestHex());
        line("Expires", request.expiresAt().toString());
    }

    private void line(String name, String value) {
        out.printf(Locale.ROOT, "%-10s %s%n", name, TerminalText.visible(value));
    }

    private ApprovalAnswer rejected() throws IOException {
        String reason = ask("Why not? (one line, shown to the agent)");
        return reason == null || reason.isBlank()
                ? ApprovalAnswer.rejected("no reason given")
                : ApprovalAnswer.rejected(reason.strip());
    }

    private ApprovalAnswer edited() throws IOException {
        String json = ask("All arguments as one line of JSON:");
        try {
            return json == null ? later() : ApprovalAnswer.edited(JsonObject.parse(json));
        } catch (JsonException e) {
            out.println("That is not one JSON object.");
            return later();
        }
    }

    private ApprovalAnswer later() {
        out.println("The call stays held.");
        out.flush();
        return ApprovalAnswer.pending();
    }

    private @Nullable String ask(String question) throws IOException {
        out.print(question + " ");
        out.flush();
        return in.readLine();
    }
}
