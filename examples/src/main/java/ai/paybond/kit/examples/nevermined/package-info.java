/**
 * An agent that is sold for Nevermined credits, and a client that pays: the two programs of Nevermined's guide, in Java. Start with
 * {@link ai.paybond.kit.examples.nevermined.PaidAgentServer}; {@link ai.paybond.kit.examples.nevermined.PaidTools} sells the tools of a
 * LangChain4j or Spring AI agent instead of its HTTP routes.
 */
@NullMarked
package ai.paybond.kit.examples.nevermined;

import org.jspecify.annotations.NullMarked;
