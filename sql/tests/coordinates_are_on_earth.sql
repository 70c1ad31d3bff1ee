-- Latitude and longitude come together and lie on the globe.
-- severity: error
SELECT event_id, lat, lon
FROM events
WHERE (lat IS NULL) <> (lon IS NULL) OR abs(lat) > 90 OR abs(lon) > 180
ORDER BY event_id
