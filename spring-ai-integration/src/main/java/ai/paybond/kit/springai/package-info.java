/**
 * Puts the guard around every tool call of a Spring AI 2 application, called or streamed. Open
 * {@link ai.paybond.kit.springai.CapabilityToolCallingManager} first: it is the one place through which a chat client
 * runs its tools. {@link ai.paybond.kit.springai.ConversationGuards} says which guard belongs to which conversation, and
 * {@link ai.paybond.kit.springai.GuardedChatClient} builds a client by hand where Spring Boot does not.
 */
@NullMarked
package ai.paybond.kit.springai;

import org.jspecify.annotations.NullMarked;
