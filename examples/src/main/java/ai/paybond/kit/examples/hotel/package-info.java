/**
 * The paid tool: a small hotel-booking service with its own database, and the client that the agents' tools call.
 * Start at {@link ai.paybond.kit.examples.hotel.HotelService}. It knows nothing of Paybond, as a real vendor would not.
 */
@NullMarked
package ai.paybond.kit.examples.hotel;

import org.jspecify.annotations.NullMarked;
