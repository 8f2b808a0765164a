package io.swarmctl.agent.machine;

/** A node certificate as a swarm issues them: the organization is the cluster id. */
final class SwarmCertificate {
    static final String PEM = """
            -----BEGIN CERTIFICATE-----
            MIICFjCCAbugAwIBAgIUA25zu8p69j4iCiPTzVdEx4U+ECkwCgYIKoZIzj0EAwIw
            XzEiMCAGA1UECgwZOWl5amdndWthczFqOWhwbmJra253NTgxNjEVMBMGA1UECwwM
            c3dhcm0td29ya2VyMSIwIAYDVQQDDBluOTRqczFjaG1xbGFsdzY2bW5sYm1pZWVu
            MCAXDTI2MTEyMzE5MjEyNFoYDzIxMjYxMDMwMTkyMTI0WjBfMSIwIAYDVQQKDBk5
            aXlqZ2d1a2FzMWo5aHBuYmtrbnc1ODE2MRUwEwYDVQQLDAxzd2FybS13b3JrZXIx
            IjAgBgNVBAMMGW45NGpzMWNobXFsYWx3NjZtbmxibWllZW4wWTATBgcqhkjOPQIB
            BggqhkjOPQMBBwNCAASj3CVwSauNExkZTKGLl2Wymz7FdW2Qqa2a/aHrjg74iJx2
            D2KZYfADddgbwJWoz+3AAcv50qyT4ZIiMNcjGFXmo1MwUTAdBgNVHQ4EFgQUnOE+
            XfAGmdEs5UzGxLLzBQ96tR0wHwYDVR0jBBgwFoAUnOE+XfAGmdEs5UzGxLLzBQ96
            tR0wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEArBueRA/HDoeo
            OpBMwNO85AdY4SYoR34t+wliuHYNND0CIQCKMQty7iwM5SskmCLf5SH/2cZexCR9
            ClOoHgK/HoHGIQ==
            -----END CERTIFICATE-----
            """;

    private SwarmCertificate() {}
}
