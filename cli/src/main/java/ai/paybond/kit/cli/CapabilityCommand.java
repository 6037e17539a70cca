package ai.paybond.kit.cli;

import ai.paybond.kit.capability.CapabilityClaims;
import ai.paybond.kit.capability.CapabilityInspection;
import ai.paybond.kit.capability.CapabilityInspector;
import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerdict;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at capability tokens. A token is a secret, so it is read from a file or standard input, never from an argument. */
@Command(
        name = "capability",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Inspects and verifies capability tokens.")
final class CapabilityCommand {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(
            name = "inspect",
            mixinStandardHelpOptions = true,
            description = "Shows what a token says of itself. Verifies nothing.")
    int inspect(@Parameters(paramLabel = "FILE", description = "The token; - for standard input.") Path file)
            throws IOException {
        CapabilityInspection inspection = CapabilityInspector.inspect(tokenIn(file));
        PrintWriter out = spec.commandLine().getOut();
        out.println("NOT VERIFIED: this is what the token says of itself");
        out.println("root key   " + inspection.rootKeyId());
        print(out, inspection.claimed());
        out.println("sealed     " + inspection.sealed());
        List<List<String>> blocks = inspection.checks();
        for (int block = 0; block < blocks.size(); block++) {
            for (String check : blocks.get(block)) {
                out.println("block " + block + "    " + check);
            }
        }
        out.flush();
        return 0;
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Says whether a token allows a call, as the guard would before it asks Harbor.",
                "Exit status: 0 allowed, 1 refused."
            })
    int verify(
            @Parameters(paramLabel = "FILE", description = "The token; - for standard input.") Path file,
            @Option(
                            names = "--root-key",
                            paramLabel = "ID=HEX",
                            required = true,
                            description = "A trusted root key with its id; repeatable.")
                    Map<Integer, String> rootKeys,
            @Option(names = "--tenant", required = true, description = "The session's tenant.") String tenant,
            @Option(names = "--intent", required = true, description = "The intent's UUID.") String intent,
            @Option(names = "--operation", required = true, description = "The operation of the call.")
                    String operation,
            @Option(names = "--spend-cents", defaultValue = "0", description = "What the call costs (default: 0).")
                    long spendCents,
            @Option(names = "--currency", defaultValue = "usd", description = "Currency (default: usd).")
                    String currency,
            @Option(names = "--arguments", defaultValue = "{}", description = "The call's arguments as a JSON object.")
                    String arguments)
            throws IOException {
        CapabilityVerifier.Builder verifier = CapabilityVerifier.builder();
        rootKeys.forEach((id, hex) -> verifier.rootKey(id, VerifyingKey.ofHex(hex)));
        CapabilityVerdict verdict = verifier.build()
                .verify(
                        tokenIn(file),
                        new CapabilityRequest(
                                tenant, intent, operation, spendCents, currency, JsonObject.parse(arguments)));
        return report(verdict);
    }

    private int report(CapabilityVerdict verdict) {
        PrintWriter out = spec.commandLine().getOut();
        int status = 1;
        if (verdict instanceof CapabilityVerdict.Verified verified) {
            print(out, verified.claims());
            out.println("ALLOWED");
            status = 0;
        } else if (verdict instanceof CapabilityVerdict.Refused refused) {
            out.println("REFUSED: " + refused.reason().code() + ": "
                    + refused.reason().message());
        } else {
            out.println("REFUSED: the token was not checked");
        }
        out.flush();
        return status;
    }

    private static CapabilityToken tokenIn(Path file) throws IOException {
        return CapabilityToken.of(InputFile.text(file).strip());
    }

    private static void print(PrintWriter out, CapabilityClaims claims) {
        out.println("tenant     " + claims.tenantId());
        out.println("intent     " + claims.intentId());
        out.println("payee      " + claims.payee());
        out.println("operations " + String.join(", ", claims.operations()));
        out.println("at most    " + claims.maxSpendCents() + " cents " + claims.currency());
        out.println("expires    " + claims.expiresAt());
        out.println("blocks     " + claims.blocks());
    }
}
