/**
 * Completion presets: what counts as proof that a purchase was completed, and the contracts that bind an intent to it. Start at
 * {@link ai.paybond.kit.wire.completion.CompletionCatalog}.
 */
@NullMarked
package ai.paybond.kit.wire.completion;

import org.jspecify.annotations.NullMarked;
