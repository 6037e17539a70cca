/** Placeholder front page of {@code ai.paybond.kit.langchain4j}. */
@NullMarked
package ai.paybond.kit.langchain4j;

import org.jspecify.annotations.NullMarked;
