/**
 * The same travel agent three times: {@link ai.paybond.kit.examples.agents.StandaloneAgent} in plain Java,
 * {@link ai.paybond.kit.examples.agents.LangChain4jAgent} and {@link ai.paybond.kit.examples.agents.SpringAiAgent}. Open
 * the one whose framework you know: it shows how a guard gets around the tools there.
 */
@NullMarked
package ai.paybond.kit.examples.agents;

import org.jspecify.annotations.NullMarked;
