/**
 * Puts the guard around every LangChain4j tool: annotated objects, maps, lists and tool providers. Open {@link
 * ai.paybond.kit.langchain4j.GuardedTools} first; {@link ai.paybond.kit.langchain4j.CapabilityGuarded} declares a tool
 * where its method is, and {@link ai.paybond.kit.langchain4j.GuardResolver} serves many intents with one AI service.
 */
@NullMarked
package ai.paybond.kit.langchain4j;

import org.jspecify.annotations.NullMarked;
