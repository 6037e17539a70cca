/**
 * A LangChain4j conversation that pauses for a person and goes on in a later process. Open
 * {@link ai.paybond.kit.examples.langchain4j.PausedTurnExample}.
 */
@NullMarked
package ai.paybond.kit.examples.langchain4j;

import org.jspecify.annotations.NullMarked;
