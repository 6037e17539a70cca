package ai.paybond.kit.springai;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.DefaultChatClient.DefaultChatClientRequestSpec;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.client.advisor.api.ToolAdvisor;
import org.springframework.util.ReflectionUtils;

/** The tool calling managers of a chat client, which Spring AI keeps to itself. */
final class ToolManagers {

    private static final Object UNKNOWN = new Object();

    private ToolManagers() {}

    /** The managers that a request of the client could reach; something that is no manager where one cannot be told. */
    static List<Object> of(ChatClient client) {
        if (!(client.prompt() instanceof DefaultChatClientRequestSpec request)) {
            return List.of(UNKNOWN);
        }
        List<Object> managers = new ArrayList<>();
        for (Advisor advisor : request.getAdvisors()) {
            if (advisor instanceof ToolAdvisor) {
                managers.add(managerOf(advisor));
            }
        }
        return managers.isEmpty() ? List.of(managerOf(registered(request))) : managers;
    }

    /** The advisor that Spring AI registers when the client has none. */
    private static Object registered(DefaultChatClientRequestSpec request) {
        return read(request, DefaultChatClientRequestSpec.class, "toolCallingAdvisorBuilder")
                        instanceof ToolCallingAdvisor.Builder<?> builder
                ? builder.copy().build()
                : UNKNOWN;
    }

    private static Object managerOf(Object advisor) {
        Object manager = advisor instanceof ToolCallingAdvisor
                ? read(advisor, ToolCallingAdvisor.class, "toolCallingManager")
                : null;
        return manager == null ? UNKNOWN : manager;
    }

    private static @Nullable Object read(Object owner, Class<?> type, String name) {
        Field field = ReflectionUtils.findField(type, name);
        if (field == null) {
            return null;
        }
        ReflectionUtils.makeAccessible(field);
        return ReflectionUtils.getField(field, owner);
    }
}
