# The image of every Huixun service: command line, scheduler, migrations.
FROM python:3.11.14-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1 HUIXUN_DATA=/data
WORKDIR /app

COPY requirements.lock ./
RUN pip install --no-cache-dir -r requirements.lock

COPY . .
RUN pip install --no-cache-dir --no-deps . && useradd --create-home huixun && mkdir /data && chown huixun /data

USER huixun
VOLUME /data
ENTRYPOINT ["huixun"]
CMD ["doctor"]
