package ai.paybond.kit.examples.openai;

import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the model in the provider's JSON: whole ({@code chat.completion}) or in pieces
 * ({@code chat.completion.chunk}). In a stream, a tool call's id and name come first and its arguments in fragments.
 */
record Completion(String id, Instant created, String model, ModelReply reply, List<String> callIds, Usage usage) {
    private static final int FRAGMENT_CHARS = 12;

    /** Token counts; characters divided by four, the usual rule of thumb. */
    record Usage(long promptTokens, long completionTokens) {
        JsonObject toJson() {
            return JsonObject.builder()
                    .put("prompt_tokens", promptTokens)
                    .put("completion_tokens", completionTokens)
                    .put("total_tokens", promptTokens + completionTokens)
                    .build();
        }
    }

    JsonObject whole() {
        JsonObject.Builder message = JsonObject.builder().put("role", "assistant");
        if (reply instanceof ModelReply.ToolCalls turn) {
            message.put("content", null).put("tool_calls", wholeCalls(turn.calls()));
        } else if (reply instanceof ModelReply.Text answer) {
            message.put("content", answer.text());
        }
        JsonObject choice = JsonObject.builder()
                .put("index", 0)
                .put("message", message.put("refusal", null).build())
                .put("logprobs", null)
                .put("finish_reason", finishReason())
                .build();
        return envelope("chat.completion")
                .put("choices", List.of(choice))
                .put("usage", usage.toJson())
                .build();
    }

    List<JsonObject> chunks(boolean includeUsage) {
        List<JsonObject> chunks = new ArrayList<>();
        if (reply instanceof ModelReply.ToolCalls turn) {
            chunks.addAll(callChunks(turn.calls()));
        } else if (reply instanceof ModelReply.Text answer) {
            chunks.addAll(textChunks(answer.text()));
        }
        chunks.add(chunk(JsonObject.builder().build(), finishReason()));
        if (includeUsage) {
            chunks.add(envelope("chat.completion.chunk")
                    .put("choices", List.of())
                    .put("usage", usage.toJson())
                    .build());
        }
        return chunks;
    }

    private List<JsonObject> wholeCalls(List<ModelReply.ToolCall> calls) {
        List<JsonObject> written = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            ModelReply.ToolCall call = calls.get(i);
            written.add(JsonObject.builder()
                    .put("id", callIds.get(i))
                    .put("type", "function")
                    .put("function", function(call.tool(), call.arguments()))
                    .build());
        }
        return written;
    }

    private List<JsonObject> callChunks(List<ModelReply.ToolCall> calls) {
        List<JsonObject> chunks = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            JsonObject.Builder first = JsonObject.builder();
            if (i == 0) {
                first.put("role", "assistant").put("content", null);
            }
            JsonObject head = JsonObject.builder()
                    .put("index", i)
                    .put("id", callIds.get(i))
                    .put("type", "function")
                    .put("function", function(calls.get(i).tool(), ""))
                    .build();
            chunks.add(chunk(first.put("tool_calls", List.of(head)).build(), null));
            for (String fragment : fragments(calls.get(i).arguments())) {
                chunks.add(chunk(argumentsDelta(i, fragment), null));
            }
        }
        return chunks;
    }

    private List<JsonObject> textChunks(String text) {
        List<JsonObject> chunks = new ArrayList<>();
        chunks.add(chunk(
                JsonObject.builder().put("role", "assistant").put("content", "").build(), null));
        for (String fragment : fragments(text)) {
            chunks.add(chunk(JsonObject.builder().put("content", fragment).build(), null));
        }
        return chunks;
    }

    private static JsonObject argumentsDelta(int index, String fragment) {
        JsonObject part = JsonObject.builder()
                .put("index", index)
                .put("function", JsonObject.builder().put("arguments", fragment).build())
                .build();
        return JsonObject.builder().put("tool_calls", List.of(part)).build();
    }

    private static JsonObject function(String name, String arguments) {
        return JsonObject.builder()
                .put("name", name)
                .put("arguments", arguments)
                .build();
    }

    private JsonObject chunk(JsonObject delta, @Nullable String finishReason) {
        JsonObject choice = JsonObject.builder()
                .put("index", 0)
                .put("delta", delta)
                .put("logprobs", null)
                .put("finish_reason", finishReason)
                .build();
        return envelope("chat.completion.chunk").put("choices", List.of(choice)).build();
    }

    private JsonObject.Builder envelope(String object) {
        return JsonObject.builder()
                .put("id", id)
                .put("object", object)
                .put("created", created.getEpochSecond())
                .put("model", model);
    }

    private String finishReason() {
        return reply instanceof ModelReply.ToolCalls ? "tool_calls" : "stop";
    }

    /** Pieces of at most 12 UTF-16 units; a surrogate pair stays in one piece. */
    private static List<String> fragments(String text) {
        List<String> fragments = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = Math.min(start + FRAGMENT_CHARS, text.length());
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end++;
            }
            fragments.add(text.substring(start, end));
            start = end;
        }
        return fragments;
    }
}
