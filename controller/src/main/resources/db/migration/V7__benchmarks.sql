-- How fast nodes were found to be, so that it outlives the controller. Taken by H2 and by PostgreSQL as it stands.

CREATE TABLE benchmark (
    node_id        VARCHAR NOT NULL,
    number         BIGINT  NOT NULL,
    model          VARCHAR NOT NULL,
    agent_version  VARCHAR NOT NULL,
    taken_at       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    throttled      BOOLEAN NOT NULL,
    celsius_before DOUBLE PRECISION,
    celsius_after  DOUBLE PRECISION,
    measured_json  VARCHAR NOT NULL,
    PRIMARY KEY (node_id, number)
);
