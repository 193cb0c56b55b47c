# A check of vpython specs for depot_tools: copy both functions into your PRESUBMIT.py.
"""Lints all changed vpython specs, alone or in scripts, in one call."""

PRESUBMIT_VERSION = '2.0.0'
USE_PYTHON3 = True


def CheckVPythonSpecs(input_api, output_api):
    """Runs `vpython3 lint --changed` once: errors fail the presubmit, warnings ask."""
    vpython3 = input_api.environ.get('VPYTHON3_LINT') or ('vpython3.exe' if input_api.platform == 'win32' else 'vpython3')
    # The change tells its base, when it is one of Git; else lint finds it. The '.' leaves other directories to their own presubmits.
    upstream = getattr(input_api.change, 'UpstreamBranch', None)
    base = upstream() if upstream else None
    command = [vpython3, '-vpython-tool', 'lint', '--format', 'json', '--changed']
    command += ([base] if base else []) + ['--', '.']
    try:
        process = input_api.subprocess.Popen(
            command,
            cwd=input_api.PresubmitLocalPath(),
            stdout=input_api.subprocess.PIPE,
            stderr=input_api.subprocess.PIPE)
        out, err = process.communicate()
    except OSError as error:
        return [output_api.PresubmitNotifyResult('vpython specs were not linted: %s cannot be started (%s)' % (vpython3, error))]
    # A check that cannot tell what is wrong must not look like one that found nothing.
    findings, doubt = _ReadFindings(input_api, process.returncode, out)
    if doubt:
        text = '%s\nexit code: %d\n%s' % (' '.join(command), process.returncode, err.decode('utf-8', 'replace').strip())
        return [output_api.PresubmitError('vpython3 lint failed: %s' % doubt, long_text=text)]
    results = []
    for severity, result in (('error', output_api.PresubmitError), ('warning', output_api.PresubmitPromptWarning)):
        items = ['%(path)s:%(line)d:%(column)d: %(code)s %(message)s' % finding for finding in findings if finding['severity'] == severity]
        if items:
            results.append(result(
                'vpython specs have %s. `vpython3 -vpython-tool rule CODE` explains, and `vpython3 -vpython-tool lint --changed --fix` mends what it can:' %
                ('errors' if severity == 'error' else 'warnings'),
                items=items))
    return results


def _ReadFindings(input_api, exit_code, out):
    """Gives what was found, and why that cannot be believed: None when it can."""
    if exit_code not in (0, 1):
        return [], 'it could not do its job'
    try:
        findings = input_api.json.loads(out.decode('utf-8'))
    except ValueError:
        return [], 'what it wrote is not JSON; is this vpython3 the one of VPythonTools?'
    keys = {'path': str, 'line': int, 'column': int, 'code': str, 'message': str, 'severity': str}
    if not isinstance(findings, list) or not all(
            isinstance(finding, dict) and all(isinstance(finding.get(key), kind) for key, kind in keys.items()) for finding in findings):
        return [], 'what it wrote is no list of findings; is this vpython3 the one of VPythonTools?'
    if any(finding['severity'] in ('error', 'warning') for finding in findings) != (exit_code == 1):
        return [], 'its exit code contradicts the findings that it wrote'
    return findings, None
