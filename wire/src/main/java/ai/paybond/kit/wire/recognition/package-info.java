/**
 * The proof that a registered agent made exactly this request, sent as a header. Start at
 * {@link ai.paybond.kit.wire.recognition.RecognitionProof}.
 */
@NullMarked
package ai.paybond.kit.wire.recognition;

import org.jspecify.annotations.NullMarked;
