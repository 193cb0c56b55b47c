"""Tests the presubmit check with a stand-in for what depot_tools gives to it. VPYTHON3_LINT names the executable."""

import json
import os
import subprocess
import sys
import tempfile
import types
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import PRESUBMIT  # pylint: disable=wrong-import-position

WHEEL = 'wheel: <\n  name: "custom/six-py2_py3"\n  version: "version:1.15.0"\n>\n'
CLEAN = 'python_version: "3.8"\n' + WHEEL
TWICE = CLEAN + WHEEL
BROKEN = CLEAN + 'nonsense: 1\n'


class Result:
    def __init__(self, message, items=None, long_text=''):
        self.message = message
        self.items = items or []
        self.long_text = long_text


class PresubmitError(Result):
    pass


class PresubmitPromptWarning(Result):
    pass


class PresubmitNotifyResult(Result):
    pass


OUTPUT_API = types.SimpleNamespace(
    PresubmitError=PresubmitError, PresubmitPromptWarning=PresubmitPromptWarning, PresubmitNotifyResult=PresubmitNotifyResult)


class CountingSubprocess:
    """The subprocess module, with a count of what it starts."""

    PIPE = subprocess.PIPE

    def __init__(self):
        self.commands = []

    def Popen(self, command, **options):  # pylint: disable=invalid-name
        self.commands.append(command)
        return subprocess.Popen(command, **options)


class CheckVPythonSpecsTest(unittest.TestCase):
    def setUp(self):
        self._directory = tempfile.TemporaryDirectory()
        self.addCleanup(self._directory.cleanup)
        self.root = os.path.realpath(self._directory.name)
        self.git('init', '-q', '-b', 'main')
        self.write('tools/old.vpython3', TWICE)
        self.git('add', '-A')
        self.git('-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '-q', '-m', 'x')
        self.subprocess = CountingSubprocess()

    def git(self, *arguments):
        subprocess.check_call(('git', '-C', self.root) + arguments)

    def write(self, path, text):
        full = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, 'w', encoding='utf-8') as file:
            file.write(text)

    def check(self, change=None, vpython3=None):
        input_api = types.SimpleNamespace(
            PresubmitLocalPath=lambda: os.path.join(self.root, 'tools'),
            environ={'VPYTHON3_LINT': vpython3 or os.environ['VPYTHON3_LINT']},
            platform=sys.platform,
            subprocess=self.subprocess,
            json=json,
            change=change or types.SimpleNamespace())
        return PRESUBMIT.CheckVPythonSpecs(input_api, OUTPUT_API)

    def test_clean_changes_have_no_results(self):
        self.write('tools/new.vpython3', CLEAN)
        self.assertEqual([], self.check())

    def test_errors_fail_and_warnings_ask_in_one_call(self):
        self.write('tools/warning.vpython3', TWICE)
        self.write('tools/sub/error.vpython3', BROKEN)
        self.write('elsewhere/error.vpython3', BROKEN)
        error, warning = self.check()
        self.assertIsInstance(error, PresubmitError)
        self.assertEqual(1, len(error.items))
        self.assertTrue(error.items[0].startswith('sub/error.vpython3:6:1: VPY1201 '), error.items)
        self.assertIsInstance(warning, PresubmitPromptWarning)
        self.assertEqual(1, len([item for item in warning.items if item.startswith('warning.vpython3:7:9: VPY2301 ')]), warning.items)
        self.assertEqual(1, len(self.subprocess.commands))

    def test_the_base_of_the_change_counts(self):
        self.git('checkout', '-q', '-b', 'topic')
        self.write('tools/committed.vpython3', TWICE)
        self.git('add', '-A')
        self.git('-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '-q', '-m', 'y')
        self.assertEqual([], self.check())
        warning, = self.check(types.SimpleNamespace(UpstreamBranch=lambda: 'main'))
        self.assertTrue(any(item.startswith('committed.vpython3:7:9: VPY2301 ') for item in warning.items), warning.items)

    def test_a_failure_is_an_error(self):
        error, = self.check(types.SimpleNamespace(UpstreamBranch=lambda: 'no-such-branch'))
        self.assertIsInstance(error, PresubmitError)
        self.assertIn('VPY3501', error.long_text)

    def check_stand_in(self, exit_code, output, error=''):
        script = os.path.join(self.root, 'stand-in')
        with open(script, 'w', encoding='utf-8') as file:
            file.write('#!%s\nimport sys\nsys.stdout.write(%r)\nsys.stderr.write(%r)\nsys.exit(%d)\n' % (sys.executable, output, error, exit_code))
        os.chmod(script, 0o755)
        return self.check(vpython3=script)

    @unittest.skipIf(sys.platform == 'win32', 'the stand-in is a script with a first line that names its interpreter')
    def test_a_program_that_fails_never_passes(self):
        finding = {'path': 'a.vpython3', 'line': 1, 'column': 1, 'code': 'VPY2301', 'message': 'twice', 'severity': 'warning'}
        whole = json.dumps([finding])
        for exit_code, output in (
                (1, ''), (1, '[]'), (0, ''), (0, 'usage: vpython3 [-h]'), (1, whole[:-10]), (0, 'null'), (0, '{}'), (1, '[1]'),
                (1, json.dumps([{'severity': 'warning'}])), (0, whole), (2, whole), (247, '[]')):
            with self.subTest(exit_code=exit_code, output=output):
                error, = self.check_stand_in(exit_code, output, 'it was broken')
                self.assertIsInstance(error, PresubmitError)
                self.assertIn('stand-in -vpython-tool lint --format json --changed', error.long_text)
                self.assertIn('exit code: %d' % (exit_code), error.long_text)
                self.assertIn('it was broken', error.long_text)

    @unittest.skipIf(sys.platform == 'win32', 'the stand-in is a script with a first line that names its interpreter')
    def test_findings_below_the_threshold_are_no_contradiction(self):
        hint = {'path': 'a.vpython3', 'line': 1, 'column': 1, 'code': 'VPY2207', 'message': 'newer', 'severity': 'hint'}
        self.assertEqual([], self.check_stand_in(0, json.dumps([hint])))
        self.assertEqual([], self.check_stand_in(0, '[]'))

    def test_a_missing_program_is_told(self):
        result, = self.check(vpython3=os.path.join(self.root, 'missing'))
        self.assertIsInstance(result, PresubmitNotifyResult)


if __name__ == '__main__':
    unittest.main()
