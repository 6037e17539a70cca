package ai.paybond.kit.examples.openai;

import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * What a scripted model says, step by step. The file names the model and lists the steps; the first step whose
 * {@code when} fits the conversation is played, so the server itself remembers nothing:
 *
 * <pre>{@code
 * {"model": "hotel-demo", "steps": [
 *    {"when": {"role": "user"},      "calls": [{"tool": "book_hotel", "arguments": {"city": "Lisbon"}}]},
 *    {"when": {"tool_results": 1},   "text": "Your room is booked."}]}
 * }</pre>
 *
 * <p>A {@code when} may ask for the last message's {@code role}, the number of {@code tool_results} in the conversation,
 * and a text that the last message {@code contains}; what it leaves out does not matter. {@code arguments} given as text
 * is passed on as it is, malformed or not. A call may have an {@code id}; otherwise the server draws one.
 */
public final class Scenario {
    private final String model;
    private final List<Step> steps;

    private Scenario(String model, List<Step> steps) {
        this.model = model;
        this.steps = steps;
    }

    /**
     * Reads a scenario.
     *
     * @throws IllegalArgumentException when a member is missing or a step is neither text nor calls
     */
    public static Scenario parse(JsonObject json) {
        return new Scenario(
                require(json.string("model"), "model"),
                require(json.array("steps"), "steps")
                        .objectItems()
                        .map(Step::parse)
                        .toList());
    }

    /** Reads the scenario at {@code path} in {@code owner}'s package. */
    public static Scenario resource(Class<?> owner, String path) {
        try (InputStream file = owner.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalArgumentException("there is no scenario " + path);
            }
            return parse(JsonObject.parse(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The model's name, by which a client asks for this scenario. */
    public String model() {
        return model;
    }

    Optional<ModelReply> reply(ChatRequest request) {
        return steps.stream()
                .filter(step -> step.when.fits(request))
                .map(Step::reply)
                .findFirst();
    }

    private static <T> T require(Optional<T> member, String name) {
        return member.orElseThrow(() -> new IllegalArgumentException("a scenario lacks '" + name + "'"));
    }

    private record Step(When when, ModelReply reply) {
        static Step parse(JsonObject json) {
            return new Step(
                    When.parse(json.object("when").orElse(JsonObject.builder().build())), readReply(json));
        }

        private static ModelReply readReply(JsonObject json) {
            return json.string("text")
                    .<ModelReply>map(ModelReply.Text::new)
                    .orElseGet(() -> new ModelReply.ToolCalls(require(json.array("calls"), "text or calls")
                            .objectItems()
                            .map(Step::readCall)
                            .toList()));
        }

        private static ModelReply.ToolCall readCall(JsonObject json) {
            String arguments = json.string("arguments").orElseGet(() -> require(json.object("arguments"), "arguments")
                    .toJson());
            return new ModelReply.ToolCall(json.string("id"), require(json.string("tool"), "tool"), arguments);
        }
    }

    private record When(Optional<String> role, Optional<Long> toolResults, Optional<String> contains) {
        static When parse(JsonObject json) {
            return new When(json.string("role"), json.integer("tool_results"), json.string("contains"));
        }

        boolean fits(ChatRequest request) {
            return role.map(request.last().role()::equals).orElse(true)
                    && toolResults.map(n -> n == request.toolResults().size()).orElse(true)
                    && contains.map(request.last().text()::contains).orElse(true);
        }
    }
}
