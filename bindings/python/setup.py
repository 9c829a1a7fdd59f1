"""A wheel for the machine it is built on: the package, and in dragoman/_installed the library, the
libraries that it needs, the model and the tables. DRAGOMAN_BUNDLE=no leaves all of that out, for
systems that have a package of the library. pyproject.toml has the rest."""
import os
import re
import sys
from pathlib import Path

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py
from wheel.bdist_wheel import bdist_wheel

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = ROOT / "build" / "python"  # nothing is written beside the sources
BUNDLED = os.environ.get("DRAGOMAN_BUNDLE", "yes") != "no"


class BuildWithLibrary(build_py):
    def run(self):
        super().run()
        if BUNDLED and not self.editable_mode:
            sys.path.insert(0, str(HERE))
            from bundle import bundle
            bundle(Path(self.build_lib) / "dragoman" / "_installed")


class PlatformWheel(bdist_wheel):
    """Any Python 3, one kind of machine: nothing is compiled against Python."""

    def finalize_options(self):
        super().finalize_options()
        self.root_is_pure = not BUNDLED

    def get_tag(self):
        return ("py3", "none", super().get_tag()[2] if BUNDLED else "any")


class PlatformDistribution(Distribution):
    def has_ext_modules(self):
        return BUNDLED


BUILD.mkdir(parents=True, exist_ok=True)
setup(version=re.search(r"^ *version: '([^']+)'", (ROOT / "meson.build").read_text(), re.MULTILINE)[1],
      options={"build": {"build_base": str(BUILD)}, "egg_info": {"egg_base": str(BUILD)}},
      cmdclass={"build_py": BuildWithLibrary, "bdist_wheel": PlatformWheel}, distclass=PlatformDistribution)
