# A Homebrew formula. It needs the address and checksum of a release, so it has not been tried yet.
class Leadby < Formula
  desc "Terminal journal for people who want to lead before they are given the title"
  license "MIT"
  head "file:///path/to/leadby", using: :git, branch: "main"

  depends_on "rust" => :build

  def install
    system "cargo", "install", *std_cargo_args
    (man1/"leadby.1").write Utils.safe_popen_read(bin/"leadby", "man")
    generate_completions_from_executable(bin/"leadby", "completions")
  end

  test do
    assert_match "Week", shell_output("#{bin}/leadby --journal #{testpath}/journal.jsonl status")
  end
end
