package io.swarmctl.agent.machine;

import java.time.InstantSource;

/** One object for each thing on the machine that facts are read of and actions change. */
record Concerns(
        Accounts accounts,
        Ssh ssh,
        Hostname hostname,
        PackageDatabase packageDatabase,
        Apt apt,
        Kernel kernel,
        GatheredPackages gatheredPackages,
        DockerPackages dockerPackages,
        DockerService dockerService,
        SwarmView swarm,
        SwarmEntry swarmEntry,
        SwarmChores swarmChores,
        Hardware hardware,
        OperatingSystem system,
        Interfaces interfaces,
        NameServers nameServers) {

    static Concerns of(
            Layout layout,
            Commands commands,
            Network network,
            SealedTexts sealedTexts,
            InstantSource clock,
            Patience patience) {
        DockerEngine engine = new DockerEngine(layout.dockerSocket());
        SwarmView swarm = new SwarmView(layout, engine);
        Kernel kernel = new Kernel(layout);
        OperatingSystem system = new OperatingSystem(layout, commands, kernel);
        PackageDatabase database = new PackageDatabase(layout, commands, clock);
        Apt apt = new Apt(layout, commands, patience, database);
        return new Concerns(
                new Accounts(layout, commands, sealedTexts),
                new Ssh(layout, commands),
                new Hostname(layout, commands),
                database,
                apt,
                kernel,
                GatheredPackages.of(database),
                new DockerPackages(layout, apt, system, engine),
                new DockerService(layout, commands, patience, engine),
                swarm,
                new SwarmEntry(engine, swarm, patience, sealedTexts, network),
                new SwarmChores(engine, patience),
                new Hardware(layout, commands, clock),
                system,
                new Interfaces(layout, network),
                new NameServers(layout));
    }
}
