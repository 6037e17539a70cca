package ai.paybond.kit.springai.archunit;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the calls that make an unguarded manager, unless the same method also makes the call that puts it right. */
final class RunToolsGuarded extends ArchCondition<JavaClass> {

    private static final String CHAT_CLIENT = "org.springframework.ai.chat.client.ChatClient";
    private static final String ADVISOR = "org.springframework.ai.chat.client.advisor.ToolCallingAdvisor";
    private static final String MANAGER = "org.springframework.ai.model.tool.ToolCallingManager";
    private static final String DEFAULT_MANAGER = "org.springframework.ai.model.tool.DefaultToolCallingManager";
    private static final String BEAN = "org.springframework.context.annotation.Bean";
    private static final Call GUARD = new Call("ai.paybond.kit.springai.CapabilityToolCallingManager", "guard");

    private static final List<Forbidden> FORBIDDEN = List.of(
            new Forbidden(new Call(CHAT_CLIENT, "create"), null, "use GuardedChatClient.builder"),
            new Forbidden(
                    new Call(CHAT_CLIENT, "builder"),
                    new Call("ai.paybond.kit.springai.GuardedChatClient", "advisor"),
                    "use GuardedChatClient.builder"),
            new Forbidden(
                    new Call(ADVISOR, "builder"),
                    new Call(ADVISOR + "$Builder", "toolCallingManager"),
                    "use GuardedChatClient.advisor"),
            new Forbidden(new Call(MANAGER, "builder"), GUARD, "use CapabilityToolCallingManager.guard"),
            new Forbidden(new Call(DEFAULT_MANAGER, "builder"), GUARD, "use CapabilityToolCallingManager.guard"),
            new Forbidden(new Call(DEFAULT_MANAGER, "<init>"), GUARD, "use CapabilityToolCallingManager.guard"));

    RunToolsGuarded() {
        super("run tools only through the guard");
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        for (JavaAccess<?> access : item.getAccessesFromSelf()) {
            FORBIDDEN.stream()
                    .filter(forbidden -> forbidden.isBrokenBy(access))
                    .forEach(forbidden -> events.add(
                            SimpleConditionEvent.violated(item, access.getDescription() + "; " + forbidden.advice())));
        }
    }

    /** A call or a method reference, of any overload. */
    private record Call(String owner, String name) {
        boolean is(JavaAccess<?> access) {
            return access.getTarget() instanceof CodeUnitAccessTarget target
                    && target.getOwner().getName().equals(owner)
                    && target.getName().equals(name);
        }
    }

    private record Forbidden(Call call, @Nullable Call unlessWith, String advice) {

        boolean isBrokenBy(JavaAccess<?> access) {
            return call.is(access) && !isPutRight(access.getOrigin()) && !isManagerBean(access.getOrigin());
        }

        private boolean isPutRight(JavaCodeUnit method) {
            return unlessWith != null && method.getAccessesFromSelf().stream().anyMatch(unlessWith::is);
        }

        /** Spring guards what is a bean. */
        private boolean isManagerBean(JavaCodeUnit method) {
            return GUARD.equals(unlessWith)
                    && method.isAnnotatedWith(BEAN)
                    && method.getRawReturnType().isAssignableTo(MANAGER);
        }
    }
}
