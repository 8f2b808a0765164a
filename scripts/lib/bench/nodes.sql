-- A thousand nodes of a swarm, as a controller has them after they have reported: for H2's own shell.
INSERT INTO node (id, name, model, memory_bytes, public_jwk, status, status_reason, role, arrived_at, seen_at,
  report_json, replaced_by_itself, marks_json)
SELECT LPAD(CAST(x AS VARCHAR), 16, '0'),
  'pi-' || CASE WHEN x < 1000 THEN LPAD(CAST(x AS VARCHAR), 3, '0') ELSE CAST(x AS VARCHAR) END,
  'Raspberry Pi 3 Model B Plus Rev 1.3', 994050048, '{}', 'ENROLLED', '', 'worker', NOW(), NOW(),
  '{"nodeId":"' || LPAD(CAST(x AS VARCHAR), 16, '0') || '","number":1,"agentVersion":"0.1.0","epoch":1,"generation":1,'
  || '"state":"READY","facts":{"hardware":{"serial":"' || x || '","model":"Raspberry Pi 3 Model B Plus Rev 1.3",'
  || '"memoryBytes":994050048,"throttled":0,"celsius":48.3},"system":{"pretty":"Debian GNU/Linux 12",'
  || '"codename":"bookworm","kernel":"6.6.31","architecture":"arm64","freeDiskBytes":21474836480,"bootId":"boot-1",'
  || '"kernelModules":true},"hostname":{"live":"pi","stored":"pi","hosts":"pi"},"users":[],"ssh":{"installed":true,'
  || '"enabled":true},"packages":{"interrupted":false,"indexAgeSeconds":60,"upgradable":0,"dockerRepository":""},'
  || '"memoryCgroup":"AVAILABLE","docker":{"installed":true,"enabled":true,"version":"20.10.24"},"swarm":{"state":'
  || '"ACTIVE","manager":false,"nodeId":"swarm-' || x || '","clusterId":"c","fleetId":"","founderEpoch":0,"address":'
  || '"10.0.0.1","managers":["10.0.0.1:2377"],"nodes":[],"error":""},"interfaces":[{"name":"eth0","address":"10.0.'
  || (x / 250) || '.' || MOD(x, 250) || '","wired":true,"defaultRoute":true}],"nameServers":["10.0.0.1"]},"plan":[],'
  || '"findings":[],"outcomes":[],"waitingFor":""}',
  FALSE, '{"labels":{"rack":"a"},"foreignSwarm":""}'
FROM SYSTEM_RANGE(1, 1000);
