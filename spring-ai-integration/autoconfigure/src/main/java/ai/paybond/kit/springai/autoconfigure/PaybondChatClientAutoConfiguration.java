package ai.paybond.kit.springai.autoconfigure;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Looks after chat clients that were built by hand. */
@AutoConfiguration(after = PaybondAutoConfiguration.class)
@ConditionalOnClass(ChatClient.class)
@ConditionalOnBean(GuardingBeanPostProcessor.class)
public class PaybondChatClientAutoConfiguration {

    @Bean
    static ChatClientCheck chatClientCheck(ListableBeanFactory beans, PaybondProperties properties) {
        return new ChatClientCheck(beans, properties.strict());
    }
}
