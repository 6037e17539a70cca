package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.springai.GuardedChatClient;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Finds at startup the beans that are chat clients with a tool calling manager of their own, which nobody guards. */
final class ChatClientCheck implements SmartInitializingSingleton {

    static final String UNGUARDED = "chat_client.unguarded";

    private static final Logger log = LoggerFactory.getLogger(ChatClientCheck.class);

    private final ListableBeanFactory beans;
    private final boolean strict;

    ChatClientCheck(ListableBeanFactory beans, boolean strict) {
        this.beans = beans;
        this.strict = strict;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> open = beans.getBeansOfType(ChatClient.class, false, false).entrySet().stream()
                .filter(client -> !GuardedChatClient.isGuarded(client.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (open.isEmpty()) {
            return;
        }
        String message = "Chat clients that run tools without a guard: " + String.join(", ", open);
        if (strict) {
            throw new ConfigurationException(UNGUARDED, message);
        }
        log.warn(message);
    }
}
