package ai.paybond.kit.springai.archunit;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/**
 * What an application's code must not do, or its tools run without a guard that no bean could put in.
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "com.example")
 * class ArchitectureTest {
 *     @ArchTest
 *     static final ArchRule guarded = GuardedToolRules.TOOLS_RUN_GUARDED;
 * }
 * }</pre>
 *
 * <p>It reads calls, and not what becomes of their results: code that hides a call, in a library or behind reflection, gets
 * past it.
 */
public final class GuardedToolRules {

    /**
     * No {@code ChatClient.create(..)}. No {@code ChatClient.builder(..)} in a method that does not use
     * {@code GuardedChatClient.advisor}. No {@code ToolCallingAdvisor.builder()} without {@code toolCallingManager(..)} in the
     * same method. No tool calling manager made by hand, except where the same method guards it with
     * {@code CapabilityToolCallingManager.guard} or gives it to Spring as a bean, which is guarded.
     */
    public static final ArchRule TOOLS_RUN_GUARDED = ArchRuleDefinition.classes()
            .should(new RunToolsGuarded())
            .because("what makes its own tool calling manager runs tools that no guard sees")
            .allowEmptyShould(true);

    private GuardedToolRules() {}
}
