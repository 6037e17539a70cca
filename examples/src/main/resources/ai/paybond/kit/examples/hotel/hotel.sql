CREATE TABLE city (
    name          VARCHAR(64) PRIMARY KEY,
    nightly_cents BIGINT      NOT NULL,
    rooms         INT         NOT NULL CHECK (rooms >= 0)
);

CREATE SEQUENCE order_number START WITH 1001;

CREATE TABLE booking (
    id           BIGINT      PRIMARY KEY,
    confirmation VARCHAR(32) NOT NULL UNIQUE,
    city         VARCHAR(64) NOT NULL REFERENCES city (name),
    nights       INT         NOT NULL,
    cost_cents   BIGINT      NOT NULL,
    status       VARCHAR(16) NOT NULL
);

CREATE TABLE transfer (
    confirmation VARCHAR(32) PRIMARY KEY,
    city         VARCHAR(64) NOT NULL REFERENCES city (name),
    cost_cents   BIGINT      NOT NULL
);

-- Venice has a price but no room: the city that makes the tool throw
INSERT INTO city (name, nightly_cents, rooms) VALUES
    ('Lisbon', 9000, 1000),
    ('Paris', 15000, 1000),
    ('Venice', 4000, 0);
