package ai.paybond.kit.springai.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether methods of beans are guarded by interception.
 *
 * @param enabled Whether calls of methods of beans with @CapabilityGuarded are intercepted and guarded, whoever makes them. A call that runs as a tool is guarded once
 */
@ConfigurationProperties("paybond.aop")
record MethodGuardProperties(@DefaultValue("false") boolean enabled) {}
