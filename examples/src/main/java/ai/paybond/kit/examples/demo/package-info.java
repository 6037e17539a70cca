/**
 * The demo: three agents, a sandbox Gateway and Harbor, a hotel and a model, in one process and without a network. Start
 * at {@link ai.paybond.kit.examples.demo.Demo}.
 */
@NullMarked
package ai.paybond.kit.examples.demo;

import org.jspecify.annotations.NullMarked;
