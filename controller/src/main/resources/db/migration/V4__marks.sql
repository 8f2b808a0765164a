-- What people have said about one node, its labels first, and a quick way to what happened to it. Taken by H2 and by
-- PostgreSQL as it stands.

ALTER TABLE node ADD COLUMN marks_json VARCHAR;

CREATE INDEX event_of_node ON event (node_id, sequence);
