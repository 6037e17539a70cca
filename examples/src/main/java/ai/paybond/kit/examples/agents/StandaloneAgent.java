package ai.paybond.kit.examples.agents;

import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.examples.hotel.BookingRequest;
import ai.paybond.kit.examples.hotel.HotelClient;
import ai.paybond.kit.guard.ModelText;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An agent without a framework: a loop that asks the model, runs the tool calls it wants through the guard, and tells it
 * the results, until it answers with text.
 */
public final class StandaloneAgent implements TravelAgent {
    private static final int MAX_TURNS = 20;

    private final ToolGuard guard;
    private final HotelClient hotel;
    private final ChatCompletionsClient model;

    /** @param guard made for {@link #declarations()} */
    public StandaloneAgent(ModelEndpoint endpoint, ToolGuard guard, HotelClient hotel) {
        this.guard = guard;
        this.hotel = hotel;
        this.model = new ChatCompletionsClient(endpoint, tools());
    }

    /** What each tool needs to be allowed, what it spends and what its result proves. */
    public static ToolRegistry declarations() {
        return ToolRegistry.of(
                ToolDeclaration.builder("book_hotel")
                        .operation("travel.book_hotel")
                        .spend(SpendRule.argument("maxPriceCents"))
                        .evidence(EvidenceMapper.members("confirmation", "status", "city", "nights", "cost_cents"))
                        .build(),
                ToolDeclaration.builder("book_transfer")
                        .operation("travel.book_transfer")
                        .spend(SpendRule.fixed(5000))
                        .withoutEvidence()
                        .build(),
                ToolDeclaration.builder("cancel_booking")
                        .operation("travel.cancel_booking")
                        .withoutEvidence()
                        .build());
    }

    @Override
    public String ask(String request) {
        List<JsonObject> conversation = new ArrayList<>();
        conversation.add(message("user", request).build());
        for (int turn = 0; turn < MAX_TURNS; turn++) {
            JsonObject answer = model.next(conversation);
            conversation.add(answer);
            List<JsonObject> calls = answer.array("tool_calls")
                    .map(array -> array.objectItems().toList())
                    .orElse(List.of());
            if (calls.isEmpty()) {
                return answer.string("content").orElse("");
            }
            calls.forEach(call -> conversation.add(resultOf(call)));
        }
        throw new IllegalStateException("the model found no end after " + MAX_TURNS + " turns");
    }

    private JsonObject resultOf(JsonObject call) {
        String id = call.string("id").orElseThrow();
        JsonObject function = call.object("function").orElseThrow();
        String tool = function.string("name").orElseThrow();
        ToolOutcome<JsonObject> outcome =
                guard.call(tool, id, function.string("arguments").orElse(""), this::run);
        return message("tool", textFor(outcome)).put("tool_call_id", id).build();
    }

    /** The tools themselves. Only the guard comes here, and only with a call that it permitted. */
    private JsonObject run(ToolCall permitted) throws IOException {
        JsonObject arguments = permitted.arguments();
        return switch (permitted.toolName()) {
            case "book_hotel" ->
                hotel.book(new BookingRequest(
                                arguments.string("city").orElse(""),
                                Math.toIntExact(arguments.integer("nights").orElse(0L)),
                                arguments.integer("maxPriceCents").orElse(0L)))
                        .toJson();
            case "book_transfer" ->
                hotel.bookTransfer(arguments.string("city").orElse("")).toJson();
            case "cancel_booking" ->
                hotel.cancel(arguments.string("confirmation").orElse("")).toJson();
            default -> throw new IllegalArgumentException("a tool without a body");
        };
    }

    private static String textFor(ToolOutcome<JsonObject> outcome) {
        if (outcome instanceof ToolOutcome.Refused<JsonObject> refused) {
            return ModelText.of(refused.decision());
        }
        if (outcome instanceof ToolOutcome.Held<JsonObject> held) {
            return ModelText.of(held.decision());
        }
        if (outcome instanceof ToolOutcome.Failed<JsonObject> failed) {
            return failed.inDoubt() ? ModelText.inDoubt() : ToolFailures.textFor(failed.thrown());
        }
        return Objects.requireNonNull(((ToolOutcome.Executed<JsonObject>) outcome).result())
                .toJson();
    }

    private static JsonObject.Builder message(String role, String content) {
        return JsonObject.builder().put("role", role).put("content", content);
    }

    private static JsonArray tools() {
        try (InputStream file = StandaloneAgent.class.getResourceAsStream("tools.json")) {
            return JsonObject.parse(Objects.requireNonNull(file).readAllBytes())
                    .array("tools")
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
