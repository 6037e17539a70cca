/**
 * Sets the parts of a web application up by its properties. Open
 * {@link ai.paybond.kit.springai.web.autoconfigure.PaybondWebAutoConfiguration} first.
 */
@NullMarked
package ai.paybond.kit.springai.web.autoconfigure;

import org.jspecify.annotations.NullMarked;
