# nix run "git+file:.?dir=assets/packaging", in the folder of the sources. Not tried yet.
{
  description = "A terminal journal for people who want to lead before they are given the title";
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";
  outputs = { nixpkgs, ... }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      eachSystem = build: nixpkgs.lib.genAttrs systems (system: build nixpkgs.legacyPackages.${system});
    in {
      packages = eachSystem (pkgs: {
        default = pkgs.rustPlatform.buildRustPackage {
          pname = "leadby";
          version = "0.1.0";
          src = ../..;
          cargoLock.lockFile = ../../Cargo.lock;
          nativeBuildInputs = [ pkgs.installShellFiles ];
          # The tests use git and real terminals; `cargo test` in the sources runs them.
          doCheck = false;
          postInstall = ''
            $out/bin/leadby man > leadby.1
            installManPage leadby.1
            for shell in bash zsh fish; do
              $out/bin/leadby completions $shell > leadby.$shell
              installShellCompletion leadby.$shell
            done
          '';
          meta.mainProgram = "leadby";
        };
      });
    };
}
