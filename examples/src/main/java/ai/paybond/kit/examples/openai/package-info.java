/**
 * A chat-completions server of our own, so that the frameworks' real OpenAI clients work without an account. Start at
 * {@link ai.paybond.kit.examples.openai.LocalOpenAiServer}. What the "model" says comes from a
 * {@link ai.paybond.kit.examples.openai.Scenario} file; everything else is the provider's own JSON, streamed or not.
 */
@NullMarked
package ai.paybond.kit.examples.openai;

import org.jspecify.annotations.NullMarked;
