package ai.paybond.kit.springai.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.springai.CapabilityToolCallback;
import ai.paybond.kit.springai.CapabilityToolCallbackProvider;
import ai.paybond.kit.springai.CapabilityToolCallbackResolver;
import ai.paybond.kit.springai.CapabilityToolCallingManager;
import ai.paybond.kit.springai.ConversationGuards;
import ai.paybond.kit.springai.GuardResolver;
import ai.paybond.kit.wire.ed25519.SigningKey;
import io.modelcontextprotocol.client.McpSyncClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.ai.mcp.SyncMcpToolCallbackProvider;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

class PaybondAutoConfigurationTest {

    private static Sandbox sandbox;

    private final ApplicationContextRunner unconfigured = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ToolCallingAutoConfiguration.class, PaybondAutoConfiguration.class));

    /** An application that guards by itself and needs no session. */
    private final ApplicationContextRunner ownGuards =
            unconfigured.withBean(GuardResolver.class, () -> context -> null);

    @BeforeAll
    static void startSandbox() {
        sandbox = Sandbox.start();
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    private ApplicationContextRunner configured() {
        return unconfigured.withPropertyValues(
                "paybond.api-key=" + sandbox.tenant().apiKey(),
                "paybond.gateway-url=" + sandbox.baseUrl(),
                "paybond.capability-root-keys." + sandbox.capabilityRootKeyId() + "="
                        + sandbox.capabilityRootKey().hex());
    }

    @Test
    void opensASessionForTheKeysTenant() {
        configured().run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(ConversationGuards.class);
            assertThat(context.getBean(Paybond.class).tenantId())
                    .isEqualTo(sandbox.tenant().tenantId());
        });
    }

    @Test
    void closesTheSessionWithTheContext() {
        Paybond[] session = new Paybond[1];

        configured().run(context -> session[0] = context.getBean(Paybond.class));

        assertThatThrownBy(() -> session[0].harbor().ledgerTip())
                .isInstanceOfSatisfying(
                        PaybondException.class, e -> assertThat(e.code()).isEqualTo("session.closed"));
    }

    @Test
    void refusesToStartWithoutAnApiKey() {
        unconfigured.run(context ->
                assertThat(failure(context, ConfigurationException.class)).hasMessage("paybond.api-key is not set"));
    }

    @Test
    void leavesVerificationToHarborWhereNoRootKeyIsGiven() {
        unconfigured
                .withPropertyValues(
                        "paybond.api-key=" + sandbox.tenant().apiKey(), "paybond.gateway-url=" + sandbox.baseUrl())
                .run(context -> assertThat(context.getBean(PaybondOptions.class).remoteVerificationOnly())
                        .isTrue());
    }

    @Test
    void verifiesHereWhereARootKeyIsGiven() {
        configured()
                .run(context -> assertThat(context.getBean(PaybondOptions.class).remoteVerificationOnly())
                        .isFalse());
    }

    @Test
    void refusesToStartWithoutARootKeyWhereVerificationHereIsAskedFor() {
        unconfigured
                .withPropertyValues(
                        "paybond.api-key=" + sandbox.tenant().apiKey(),
                        "paybond.gateway-url=" + sandbox.baseUrl(),
                        "paybond.remote-verification-only=false")
                .run(context -> assertThat(
                                failure(context, ConfigurationException.class).code())
                        .isEqualTo("capability_root_key.missing"));
    }

    @Test
    void leavesVerificationToHarborOnlyWhenToldTo() {
        unconfigured
                .withPropertyValues(
                        "paybond.api-key=" + sandbox.tenant().apiKey(),
                        "paybond.gateway-url=" + sandbox.baseUrl(),
                        "paybond.remote-verification-only=true")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void namesTheRootKeyThatIsNone() {
        unconfigured
                .withPropertyValues("paybond.api-key=paybond_sk_sandbox_x", "paybond.capability-root-keys.7=abc")
                .run(context -> assertThat(failure(context, ConfigurationException.class))
                        .hasMessageContaining("paybond.capability-root-keys.7"));
    }

    @Test
    void startsWithoutASessionWhenTheApplicationHasItsOwnGuards() {
        ownGuards.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ConversationGuards.class));
    }

    @Test
    void usesTheApplicationsOwnSession() {
        Paybond own = Paybond.open(PaybondOptions.builder(
                        sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                .remoteVerificationOnly()
                .build());

        unconfigured.withBean("own", Paybond.class, () -> own).run(context -> assertThat(context)
                .hasNotFailed()
                .getBean(Paybond.class)
                .isSameAs(own));
    }

    @Test
    void appliesBeansAndThenCustomizersToTheOptions() {
        PayeeIdentity payee = new PayeeIdentity("did:example:payee", SigningKey.fromSeed(new byte[32]));

        configured()
                .withBean(PayeeIdentity.class, () -> payee)
                .withBean(PaybondOptionsCustomizer.class, () -> options -> options.closeTimeout(Duration.ofSeconds(1)))
                .run(context -> {
                    PaybondOptions options = context.getBean(PaybondOptions.class);
                    assertThat(options.payee()).isSameAs(payee);
                    assertThat(options.closeTimeout()).isEqualTo(Duration.ofSeconds(1));
                });
    }

    @Test
    void guardsManagerAndResolver() {
        ownGuards.run(context -> {
            assertThat(context.getBean(ToolCallingManager.class)).isInstanceOf(CapabilityToolCallingManager.class);
            assertThat(context.getBean(ToolCallbackResolver.class)).isInstanceOf(CapabilityToolCallbackResolver.class);
        });
    }

    @Test
    void guardsEveryManagerOfTheApplicationsOwn() {
        ownGuards
                .withBean("mine", ToolCallingManager.class, () -> ToolCallingManager.builder()
                        .build())
                .withBean("another", ToolCallingManager.class, () -> ToolCallingManager.builder()
                        .build())
                .run(context -> assertThat(context.getBeansOfType(ToolCallingManager.class))
                        .hasSize(2)
                        .allSatisfy((name, manager) ->
                                assertThat(manager).isInstanceOf(CapabilityToolCallingManager.class)));
    }

    @Test
    void guardsBeansThatAreTools() {
        ownGuards
                .withUserConfiguration(ToolBeansConfiguration.class)
                .withPropertyValues("paybond.strict=false")
                .run(context -> {
                    assertThat(context.getBean(ToolCallback.class)).isInstanceOf(CapabilityToolCallback.class);
                    assertThat(context.getBean("provider")).isInstanceOf(CapabilityToolCallbackProvider.class);
                });
    }

    @Test
    void leavesToolBeansAsTheyAreWhenToldTo() {
        ownGuards
                .withUserConfiguration(ToolBeansConfiguration.class)
                .withPropertyValues("paybond.strict=false", "paybond.guard-tool-beans=false")
                .run(context -> {
                    assertThat(context.getBean(ToolCallback.class)).isInstanceOf(NamedTool.class);
                    assertThat(context.getBean(ToolCallingManager.class))
                            .isInstanceOf(CapabilityToolCallingManager.class);
                });
    }

    @Test
    void neitherReplacesNorAsksAProviderOfTheMcpClient() {
        McpSyncClient client = mock();

        ownGuards
                .withBean(SyncMcpToolCallbackProvider.class, () -> SyncMcpToolCallbackProvider.builder()
                        .mcpClients(client)
                        .build())
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(SyncMcpToolCallbackProvider.class);
                    verify(client, never()).listTools();
                });
    }

    @Test
    void collectsAnnotatedToolsAndDeclaredOnes() {
        ownGuards
                .withBean(AnnotatedTools.class)
                .withBean(
                        ToolDeclaration.class,
                        () -> ToolDeclaration.builder("mcp_search").readOnly().build())
                .run(context -> {
                    ToolRegistry tools = context.getBean(ToolRegistry.class);
                    assertThat(tools.find("book")).isPresent();
                    assertThat(tools.find("mcp_search")).isPresent();
                });
    }

    @Test
    void findsAnnotatedToolsOfLazyBeansWithoutCreatingThem() {
        ownGuards.withUserConfiguration(LazyTools.class).run(context -> {
            assertThat(context.getBean(ToolRegistry.class).find("book")).isPresent();
            assertThat(context).hasNotFailed();
        });
    }

    @Test
    void refusesToStartNamingEveryToolThatIsNotDeclared() {
        ownGuards
                .withBean("half", HalfDeclared.class)
                .withUserConfiguration(ToolBeansConfiguration.class)
                .run(context -> {
                    ConfigurationException failure = failure(context, ConfigurationException.class);
                    assertThat(failure.code()).isEqualTo("tool.undeclared");
                    assertThat(failure)
                            .hasMessageContaining("cancel (bean half)")
                            .hasMessageContaining("ping (bean tool)")
                            .hasMessageContaining("pong (bean provider)")
                            .hasMessageNotContaining("book");
                });
    }

    @Test
    void startsWithUndeclaredToolsWhenNotStrict() {
        ownGuards
                .withBean(HalfDeclared.class)
                .withPropertyValues("paybond.strict=false")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void refusesToStartWhenTwoToolsShareAnOperation() {
        ownGuards
                .withBean(AnnotatedTools.class)
                .withBean(ToolDeclaration.class, () -> ToolDeclaration.builder("other")
                        .operation("book")
                        .readOnly()
                        .build())
                .run(context -> assertThat(
                                failure(context, ConfigurationException.class).code())
                        .isEqualTo("tool.declaration"));
    }

    @Test
    void bindsTheLimitsOfTheConversations() {
        configured()
                .withPropertyValues("paybond.conversations.time-to-live=5m", "paybond.conversations.capacity=7")
                .run(context -> assertThat(
                                context.getBean(PaybondProperties.class).conversations())
                        .isEqualTo(new PaybondProperties.Conversations(Duration.ofMinutes(5), 7)));
    }

    @Test
    void stepsBackWithoutSpringAi() {
        unconfigured
                .withClassLoader(new FilteredClassLoader(ToolCallingManager.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PaybondProperties.class));
    }

    @Test
    void stepsBackWithoutTheSession() {
        unconfigured
                .withClassLoader(new FilteredClassLoader(Paybond.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PaybondProperties.class));
    }

    @Test
    void showsNoSecretInItsProperties() {
        configured().run(context -> {
            PaybondProperties properties = context.getBean(PaybondProperties.class);
            assertThat(properties.toString())
                    .contains("apiKey=redacted", sandbox.baseUrl().toString())
                    .doesNotContain(sandbox.tenant().apiKey());
            assertThat(context.getBean(PaybondOptions.class).toString())
                    .doesNotContain(sandbox.tenant().apiKey());
        });
    }

    private static <T extends Throwable> T failure(AssertableApplicationContext context, Class<T> type) {
        assertThat(context).hasFailed();
        Throwable cause = context.getStartupFailure();
        while (cause != null && !type.isInstance(cause)) {
            cause = cause.getCause();
        }
        assertThat(cause).as("cause of the failed start").isNotNull();
        return type.cast(cause);
    }

    static class AnnotatedTools {
        @Tool
        @CapabilityGuarded(spendCents = 100, withoutEvidence = true)
        public String book() {
            return "booked";
        }
    }

    static class HalfDeclared extends AnnotatedTools {
        @Tool
        public String cancel() {
            return "cancelled";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyTools {
        @Bean
        @Lazy
        AnnotatedTools tools() {
            throw new IllegalStateException("created too early");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ToolBeansConfiguration {
        @Bean
        ToolCallback tool() {
            return new NamedTool("ping");
        }

        @Bean
        ToolCallbackProvider provider() {
            return ToolCallbackProvider.from(List.of(new NamedTool("pong")));
        }
    }

    private record NamedTool(String name) implements ToolCallback {
        @Override
        public ToolDefinition getToolDefinition() {
            return ToolDefinition.builder()
                    .name(name)
                    .description(name)
                    .inputSchema("{}")
                    .build();
        }

        @Override
        public String call(String toolInput) {
            return name;
        }
    }
}
