/**
 * Strict mode: with this artifact on the class path, an AI service runs no tool that is not guarded, however it was
 * registered. Open {@link ai.paybond.kit.langchain4j.strict.StrictGuards} first; until it has a guard, every tool call
 * is refused.
 *
 * <p>LangChain4j finds {@link ai.paybond.kit.langchain4j.strict.StrictContextFactory} by itself. What it extends there
 * is internal to LangChain4j, so this artifact goes with the versions that it is tested with: 1.17.0 to 1.19.0.
 */
@NullMarked
package ai.paybond.kit.langchain4j.strict;

import org.jspecify.annotations.NullMarked;
