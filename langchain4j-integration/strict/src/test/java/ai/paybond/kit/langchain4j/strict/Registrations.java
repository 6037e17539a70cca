package ai.paybond.kit.langchain4j.strict;

import ai.paybond.kit.langchain4j.GuardResolver;
import ai.paybond.kit.langchain4j.GuardedTools;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.langchain4j.service.tool.ToolService;
import dev.langchain4j.service.tool.search.ToolSearchRequest;
import dev.langchain4j.service.tool.search.ToolSearchResult;
import dev.langchain4j.service.tool.search.ToolSearchStrategy;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every way by which LangChain4j lets an application hand it a tool. None of them guards {@code pay}. */
enum Registrations {
    PLAIN_OBJECT {
        @Override
        void register(AiServices<?> service, Wallet wallet) {
            service.tools(wallet);
        }
    },
    LIST {
        @Override
        void register(AiServices<?> service, Wallet wallet) {
            service.tools(ToolService.findTools(wallet));
        }
    },
    MAP {
        @Override
        void register(AiServices<?> service, Wallet wallet) {
            service.tools(Map.of(PAY, executorOf(wallet)));
        }
    },
    MAP_OF_IMMEDIATE_TOOLS {
        @Override
        @SuppressWarnings("deprecation")
        void register(AiServices<?> service, Wallet wallet) {
            service.tools(Map.of(PAY, executorOf(wallet)), Set.of());
        }
    },
    MAP_REPLACING_A_GUARDED_TOOL {
        @Override
        void register(AiServices<?> service, Wallet wallet) {
            service.tools(GuardedTools.of(GuardResolver.perInvocation(), new Wallet()));
            service.tools(Map.of(PAY, executorOf(wallet)));
        }
    },
    PROVIDER {
        @Override
        void register(AiServices<?> service, Wallet wallet) {
            service.toolProvider(new Provider(wallet, false, false));
        }
    },
    MANY_PROVIDERS {
        @Override
        void register(AiServices<?> service, Wallet wallet) {
            service.toolProviders(List.of(new Provider(wallet, false, false)));
        }
    },
    DYNAMIC_PROVIDER {
        @Override
        void register(AiServices<?> service, Wallet wallet) {
            service.toolProvider(new Provider(wallet, true, false));
        }
    },
    DYNAMIC_PROVIDER_THAT_ADDS_THE_TOOL_LATER {
        @Override
        void register(AiServices<?> service, Wallet wallet) {
            service.tools(Map.of(LOOK, (request, memory) -> "found"));
            service.toolProviders(new Provider(wallet, true, true));
        }
    },
    HIDDEN_BY_TOOL_SEARCH {
        @Override
        void register(AiServices<?> service, Wallet wallet) {
            service.tools(Map.of(LOOK, (request, memory) -> "found"));
            service.tools(wallet).toolSearchStrategy(new FindsPay());
        }
    };

    private static final ToolSpecification PAY =
            ToolSpecification.builder().name("pay").build();
    private static final ToolSpecification LOOK =
            ToolSpecification.builder().name("look").build();

    abstract void register(AiServices<?> service, Wallet wallet);

    /** A model that pays, after one round without paying where the tool comes only then. */
    ScriptedModel payingModel(ToolExecutionRequest... payments) {
        ScriptedModel model = new ScriptedModel();
        if (this == DYNAMIC_PROVIDER_THAT_ADDS_THE_TOOL_LATER) {
            model.thenCalling(ScriptedModel.request("l1", "look", "{}"));
        }
        return model.thenCalling(payments);
    }

    private static ToolExecutor executorOf(Wallet wallet) {
        return wallet.payOnly().get(0).toolExecutor();
    }

    private record Provider(Wallet wallet, boolean isDynamic, boolean afterAResult) implements ToolProvider {
        @Override
        public ToolProviderResult provideTools(ToolProviderRequest request) {
            boolean comes =
                    !afterAResult || request.messages().stream().anyMatch(ToolExecutionResultMessage.class::isInstance);
            return comes ? new ToolProviderResult(Map.of(PAY, executorOf(wallet))) : null;
        }
    }

    static final class FindsPay implements ToolSearchStrategy {
        @Override
        public List<ToolSpecification> getToolSearchTools(InvocationContext context) {
            return List.of(ToolSpecification.builder().name("find_tools").build());
        }

        @Override
        public ToolSearchResult search(ToolSearchRequest request) {
            return new ToolSearchResult(List.of("pay"), "there is pay");
        }
    }
}
