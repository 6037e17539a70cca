package ai.paybond.kit.cli.chaos;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What an agent's process is told on its standard input, as one line of JSON.
 *
 * @param sandbox where and with which keys; see {@link ai.paybond.kit.sandbox.Sandbox#descriptor()}
 * @param journal the journal's file
 * @param acts the {@linkplain Vendor vendor's} file
 * @param killPoint where it is going to be killed
 * @param calls the calls to make; it is killed in the last
 */
record AgentOrder(JsonObject sandbox, Path journal, Path acts, KillPoint killPoint, List<OrderedCall> calls) {

    /**
     * One call, under an intent of its own.
     *
     * @param token the intent's capability; a secret of the sandbox
     */
    record OrderedCall(String callId, String intentId, String token, ToolBehavior behavior) {
        private JsonObject toJson() {
            return JsonObject.builder()
                    .put("call_id", callId)
                    .put("intent_id", intentId)
                    .put("token", token)
                    .put("behavior", behavior.name())
                    .build();
        }

        private static OrderedCall parse(JsonObject call) {
            return new OrderedCall(
                    call.string("call_id").orElseThrow(),
                    call.string("intent_id").orElseThrow(),
                    call.string("token").orElseThrow(),
                    ToolBehavior.valueOf(call.string("behavior").orElseThrow()));
        }

        @Override
        public String toString() {
            return "OrderedCall[" + callId + ", " + intentId + ", " + behavior + "]";
        }
    }

    String toJson() {
        return JsonObject.builder()
                .put("sandbox", sandbox)
                .put("journal", journal.toString())
                .put("acts", acts.toString())
                .put("kill_point", killPoint.name())
                .put("calls", calls.stream().map(OrderedCall::toJson).toList())
                .build()
                .toJson();
    }

    static AgentOrder parse(String json) {
        JsonObject order = JsonObject.parse(json);
        JsonArray calls = order.array("calls").orElseThrow();
        return new AgentOrder(
                order.object("sandbox").orElseThrow(),
                Path.of(order.string("journal").orElseThrow()),
                Path.of(order.string("acts").orElseThrow()),
                KillPoint.valueOf(order.string("kill_point").orElseThrow()),
                calls.objectItems().map(OrderedCall::parse).toList());
    }

    URI gateway() {
        return URI.create(sandbox.string("base_url").orElseThrow());
    }

    JsonObject tenant() {
        return sandbox.array("tenants").orElseThrow().objectItems().findFirst().orElseThrow();
    }

    @Override
    public String toString() {
        return "AgentOrder[" + killPoint + ", " + calls + "]";
    }
}
