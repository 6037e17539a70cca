package ai.paybond.kit.examples.approvals;

import java.security.Principal;
import java.util.Map;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The chat. It knows neither guards nor capabilities: those come with the request. */
@RestController
class ChatController {

    private final ChatClient client;

    ChatController(ChatClient.Builder builder, ChatMemory memory, HotelTools tools) {
        this.client = builder.defaultAdvisors(
                        MessageChatMemoryAdvisor.builder(memory).build())
                .defaultTools(tools)
                .build();
    }

    @PostMapping("/chat")
    Map<String, String> chat(@RequestBody Map<String, String> message, Principal user) {
        String reply = client.prompt(message.getOrDefault("text", ""))
                .advisors(spec -> spec.param(ChatMemory.CONVERSATION_ID, user.getName()))
                .call()
                .content();
        return Map.of("reply", reply == null ? "" : reply);
    }
}
