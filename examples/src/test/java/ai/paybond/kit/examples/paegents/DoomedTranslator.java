package ai.paybond.kit.examples.paegents;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.examples.paegents.UnitAgent.Framework;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.paegents.client.PaegentsApiKey;
import ai.paybond.kit.paegents.client.PaegentsClient;
import ai.paybond.kit.paegents.client.PaegentsOptions;
import ai.paybond.kit.paegents.rail.PaegentsRail;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A process of its own that makes one guarded call, told what to do on standard input; its parent kills it on the way. */
final class DoomedTranslator {
    private DoomedTranslator() {}

    public static void main(String[] args) throws IOException {
        JsonObject order = JsonObject.parse(System.in.readAllBytes());
        PaegentsOptions options = PaegentsOptions.builder(text(order, "agent"), PaegentsApiKey.of(text(order, "key")))
                .apiUrl(URI.create(text(order, "url")))
                .build();
        try (CallJournal journal = CallJournals.file(Path.of(text(order, "journal")));
                PaegentsClient client = PaegentsClient.open(options)) {
            PaegentsRail rail = PaegentsRail.builder(client, text(order, "agreement"))
                    .journal(journal)
                    .build();
            new UnitAgent(rail, new Translator(URI.create(text(order, "seller"))))
                    .call(Framework.valueOf(text(order, "framework")), text(order, "call"), "hello");
        }
    }

    private static String text(JsonObject order, String name) {
        return order.string(name).orElseThrow();
    }
}
