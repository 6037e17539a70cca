/** The journal of a Spring Boot application: its own PostgreSQL database, or a file. */
@NullMarked
package ai.paybond.kit.springai.autoconfigure.journal;

import org.jspecify.annotations.NullMarked;
