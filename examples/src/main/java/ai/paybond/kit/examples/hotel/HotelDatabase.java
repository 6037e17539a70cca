package ai.paybond.kit.examples.hotel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The hotel's rooms and bookings in an H2 database of its own, in memory. One connection, used by one thread at a time. */
final class HotelDatabase implements AutoCloseable {
    private static final String BOOKING_PREFIX = "HTL-";
    private static final String TRANSFER_PREFIX = "TRF-";
    private static final long TRANSFER_CENTS = 5000;

    private final Connection connection;

    private HotelDatabase(Connection connection) {
        this.connection = connection;
    }

    static HotelDatabase open() {
        try {
            Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
            try (Statement statement = connection.createStatement()) {
                statement.execute(schema());
            }
            connection.setAutoCommit(false);
            return new HotelDatabase(connection);
        } catch (SQLException e) {
            throw new HotelDatabaseException(e);
        }
    }

    /** Takes a room and records the booking, or changes nothing and refuses. */
    synchronized Booking book(BookingRequest request) {
        return inTransaction(() -> {
            long costCents = nightlyCents(request.city()) * request.nights();
            if (costCents > request.maxPriceCents()) {
                throw new BookingRefusedException(
                        BookingRefusal.PRICE_ABOVE_LIMIT, "the stay costs " + costCents + " cents");
            }
            takeRoom(request.city());
            return insert(request, costCents);
        });
    }

    /** Records a ride to the hotel, or refuses when there is no hotel. */
    synchronized Transfer bookTransfer(String city) {
        return inTransaction(() -> {
            nightlyCents(city);
            Transfer transfer = new Transfer(TRANSFER_PREFIX + nextNumber(), city, TRANSFER_CENTS);
            update(
                    "INSERT INTO transfer (confirmation, city, cost_cents) VALUES (?, ?, ?)",
                    transfer.confirmation(),
                    city,
                    transfer.costCents());
            return transfer;
        });
    }

    /** Cancels a booking, or refuses when there is none of that number. */
    synchronized Booking cancel(String confirmation) {
        return inTransaction(() -> {
            update("UPDATE booking SET status = 'cancelled' WHERE confirmation = ?", confirmation);
            return select("WHERE confirmation = ?", confirmation).stream()
                    .findFirst()
                    .orElseThrow(() ->
                            new BookingRefusedException(BookingRefusal.NO_SUCH_BOOKING, "there is no such booking"));
        });
    }

    /** Every booking, oldest first. */
    synchronized List<Booking> bookings() {
        return inTransaction(() -> select("ORDER BY id"));
    }

    private long nightlyCents(String city) throws SQLException {
        try (PreparedStatement query = prepare("SELECT nightly_cents FROM city WHERE name = ?", city);
                ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                throw new BookingRefusedException(BookingRefusal.NO_SUCH_CITY, "no hotel in this city");
            }
            return row.getLong(1);
        }
    }

    private void takeRoom(String city) throws SQLException {
        if (update("UPDATE city SET rooms = rooms - 1 WHERE name = ? AND rooms > 0", city) == 0) {
            throw new BookingRefusedException(BookingRefusal.SOLD_OUT, "no room left in this city");
        }
    }

    private Booking insert(BookingRequest request, long costCents) throws SQLException {
        long number = nextNumber();
        Booking booking =
                new Booking(BOOKING_PREFIX + number, request.city(), request.nights(), costCents, "completed");
        update(
                "INSERT INTO booking (id, confirmation, city, nights, cost_cents, status) VALUES (?, ?, ?, ?, ?, ?)",
                number,
                booking.confirmation(),
                booking.city(),
                booking.nights(),
                booking.costCents(),
                booking.status());
        return booking;
    }

    private long nextNumber() throws SQLException {
        try (PreparedStatement query = prepare("SELECT NEXT VALUE FOR order_number");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private List<Booking> select(String clause, Object... values) throws SQLException {
        List<Booking> found = new ArrayList<>();
        try (PreparedStatement query = prepare(
                        "SELECT confirmation, city, nights, cost_cents, status FROM booking " + clause, values);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(new Booking(
                        row.getString(1), row.getString(2), row.getInt(3), row.getLong(4), row.getString(5)));
            }
        }
        return List.copyOf(found);
    }

    private int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private <T> T inTransaction(Work<T> work) {
        boolean committed = false;
        try {
            T result = work.run();
            connection.commit();
            committed = true;
            return result;
        } catch (SQLException e) {
            throw new HotelDatabaseException(e);
        } finally {
            if (!committed) {
                rollback();
            }
        }
    }

    private void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new HotelDatabaseException(e);
        }
    }

    private static String schema() {
        try (InputStream sql = HotelDatabase.class.getResourceAsStream("hotel.sql")) {
            return new String(Objects.requireNonNull(sql).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new HotelDatabaseException(e);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }

    /** The database itself failed; the service answers 500. */
    static final class HotelDatabaseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HotelDatabaseException(SQLException cause) {
            super("the hotel's database failed", cause);
        }
    }
}
